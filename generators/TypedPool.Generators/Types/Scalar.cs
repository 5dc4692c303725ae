namespace TypedPool.Generators.Types;

/// <summary>A type without parts, which the runtime reads and writes with one method each.</summary>
/// <param name="CSharp">The type's full name.</param>
/// <param name="Method">The name of the methods of <c>JsonRead</c> and <c>JsonWrite</c>.</param>
/// <param name="IsReference">Whether null needs no <c>Nullable</c>.</param>
/// <param name="IsKey">Whether the name of an object's member can hold it.</param>
/// <param name="Magnitude">How its values are compared with bounds.</param>
/// <param name="Parameter">The type's full name as a parameter, where that is another.</param>
/// <param name="Arguments">What the methods take beside reader, writer and value, beginning with a comma.</param>
/// <param name="Attaches">Whether it may travel beside a message.</param>
/// <param name="HasMemberMethod">Whether a method of the runtime writes a member's name and such a value in one.</param>
internal sealed record Scalar(
    string CSharp,
    string Method,
    bool IsReference = false,
    bool IsKey = false,
    Magnitude Magnitude = Magnitude.None,
    string? Parameter = null,
    string Arguments = "",
    bool Attaches = false,
    bool HasMemberMethod = false);
