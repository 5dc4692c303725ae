namespace TypedPool.Generators.Schema;

/// <summary>The kinds of values that have a C# type.</summary>
internal enum ShapeKind
{
    /// <summary>Any JSON value.</summary>
    Element,
    Null,
    String,
    Boolean,
    Integer,
    Number,
    List,
    Map,

    /// <summary>A record or an enum of its own.</summary>
    Declared,
}

/// <summary>What a JSON Schema comes to: the type of one value.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Item">What a list's items and a map's values are.</param>
/// <param name="Declared">The record or enum.</param>
/// <param name="IsNullable">Whether null is a value, too.</param>
internal sealed record Shape(ShapeKind Kind, Shape? Item = null, DeclaredType? Declared = null, bool IsNullable = false)
{
    public static readonly Shape Element = new(ShapeKind.Element);
    public static readonly Shape Null = new(ShapeKind.Null);
    public static readonly Shape String = new(ShapeKind.String);
    public static readonly Shape Boolean = new(ShapeKind.Boolean);
    public static readonly Shape Integer = new(ShapeKind.Integer);
    public static readonly Shape Number = new(ShapeKind.Number);

    /// <summary>How deep its lists and maps nest.</summary>
    public int Depth { get; } = (Item?.Depth ?? 0) + 1;

    /// <summary>Whether no part of the value is <c>JsonElement</c>.</summary>
    public bool IsTyped => Kind != ShapeKind.Element && Item?.IsTyped != false;

    /// <summary>The same or null; any value and null itself hold null already.</summary>
    public Shape OrNull() => Kind is ShapeKind.Element or ShapeKind.Null ? this : this with { IsNullable = true };
}
