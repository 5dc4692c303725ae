namespace TypedPool.Generators.Model;

/// <summary>What C# says of a member that need not be there.</summary>
internal enum Presence
{
    /// <summary>Always there: <c>required T</c>.</summary>
    Required,

    /// <summary>Null means absent: <c>T?</c>.</summary>
    Optional,

    /// <summary>Absent and null differ: <c>Optional&lt;T?&gt;</c>.</summary>
    Distinguished,
}

/// <summary>A parameter or a record's member.</summary>
/// <param name="WireName">Its name in JSON.</param>
/// <param name="Property">Its name as a property.</param>
/// <param name="Parameter">Its name as a parameter; empty for members of records.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Presence">Whether it must be there.</param>
/// <param name="Default">Python's default as JSON text, where the schema says.</param>
/// <param name="Description">Its documentation.</param>
/// <param name="IsDeprecated">Whether it should no longer be used.</param>
internal sealed record MemberModel(
    string WireName,
    string Property,
    string Parameter,
    TypeRef Type,
    Presence Presence,
    string? Default,
    string? Description,
    bool IsDeprecated)
{
    /// <summary>The name of the only value of its enum, which is set by itself; null where there are several.</summary>
    public string? Fixed { get; init; }
}
