namespace TypedPool.Generators.Types;

/// <summary>The types without parts: one row each.</summary>
internal static class Scalars
{
    /// <summary>Any JSON value.</summary>
    public static readonly Scalar Element = new("global::System.Text.Json.JsonElement", "Element");
    public static readonly Scalar Null = new("global::TypedPool.Serialization.NoResult", "Null");
    public static readonly Scalar String = new("string", "String", IsReference: true, IsKey: true);
    public static readonly Scalar Boolean = new("bool", "Boolean");
    public static readonly Scalar Int64 = new("long", "Int64", IsKey: true);
    public static readonly Scalar Double = new("double", "Double");

    // The row without a format is also for the formats that have none of their own.
    private static readonly Dictionary<(string Type, string Format), Scalar> Rows = new()
    {
        [("string", "")] = String,
        [("boolean", "")] = Boolean,
        [("integer", "")] = Int64,
        [("number", "")] = Double,
    };

    /// <summary>The scalar of JSON Schema's <c>type</c> and <c>format</c>; null where the type has parts, or is none.</summary>
    public static Scalar? Find(string type, string? format) =>
        format is not null && Rows.TryGetValue((type, format), out var exact) ? exact
        : Rows.TryGetValue((type, ""), out var general) ? general
        : null;

    /// <summary>JSON Schema's <c>type</c> of a scalar; null of those that have none.</summary>
    public static string? TypeOf(Scalar scalar) => Rows.Where(row => row.Value == scalar).Select(row => row.Key.Type).FirstOrDefault();
}
