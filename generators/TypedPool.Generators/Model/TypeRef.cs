namespace TypedPool.Generators.Model;

/// <summary>The kinds of C# types that values have.</summary>
internal enum TypeKind
{
    Element,
    Null,
    String,
    Boolean,
    Integer,
    Number,
    List,
    Map,
    Record,
    Enum,
}

/// <summary>The C# type of a value, and how it is read and written.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">A record's or enum's name.</param>
/// <param name="Item">What a list's items and a map's values are.</param>
/// <param name="IsNullable">Whether null is a value, too.</param>
internal sealed record TypeRef(TypeKind Kind, string Name = "", TypeRef? Item = null, bool IsNullable = false)
{
    public static readonly TypeRef NoResult = new(TypeKind.Null);

    public bool IsValueType => Kind is not (TypeKind.String or TypeKind.List or TypeKind.Map or TypeKind.Record);
}
