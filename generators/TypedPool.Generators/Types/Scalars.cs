using System.Globalization;

namespace TypedPool.Generators.Types;

/// <summary>The types without parts: one row each.</summary>
internal static class Scalars
{
    /// <summary>Any JSON value.</summary>
    public static readonly Scalar Element = new("global::System.Text.Json.JsonElement", "Element");
    public static readonly Scalar Null = new("global::TypedPool.Serialization.NoResult", "Null");
    public static readonly Scalar String = new("string", "String", IsReference: true, IsKey: true, HasMemberMethod: true);
    public static readonly Scalar Boolean = new("bool", "Boolean", HasMemberMethod: true);
    public static readonly Scalar Int64 = Integers.Int64;
    public static readonly Scalar Double = new("double", "Double", Magnitude: Magnitude.Real, HasMemberMethod: true);

    public static readonly Scalar Bytes = new(
        "global::TypedPool.ValueBytes", "Bytes", Parameter: "global::System.ReadOnlyMemory<byte>", Attaches: true);

    // The row without a format is also for the formats that have none of their own.
    private static readonly Dictionary<(string Type, string Format), Scalar> Rows = new()
    {
        [("string", "")] = String,
        [("string", "decimal")] = new("decimal", "Decimal", IsKey: true, Magnitude: Magnitude.Decimal),
        [("string", "date-time")] = Text("DateTimeOffset"),
        [("string", "date-time-local")] = Text("DateTime"),
        [("string", "date")] = Text("DateOnly"),
        [("string", "time")] = Text("TimeOnly"),
        [("string", "duration")] = Text("TimeSpan"),
        [("string", "uuid")] = Text("Guid"),
        [("boolean", "")] = Boolean,
        [("integer", "")] = Integers.Int64,
        [("integer", "int8")] = Integers.SByte,
        [("integer", "uint8")] = Integers.Byte,
        [("integer", "int16")] = Integers.Int16,
        [("integer", "uint16")] = Integers.UInt16,
        [("integer", "int32")] = Integers.Int32,
        [("integer", "uint32")] = Integers.UInt32,
        [("integer", "int64")] = Integers.Int64,
        [("integer", "uint64")] = Integers.UInt64,
        [("integer", "bigint")] = Integers.Big,
        [("number", "")] = Double,
        [("number", "float")] = new("float", "Single", Magnitude: Magnitude.Real),
    };

    private static readonly Dictionary<string, Scalar> Packings = new(StringComparer.Ordinal)
    {
        ["float64"] = Packed("Doubles", "double"),
        ["int64"] = Packed("Int64s", "long"),
    };

    // By the names that NumPy has for them.
    private static readonly Dictionary<string, string> Elements = new(StringComparer.Ordinal)
    {
        ["bool"] = "bool",
        ["int8"] = "sbyte",
        ["int16"] = "short",
        ["int32"] = "int",
        ["int64"] = "long",
        ["uint8"] = "byte",
        ["uint16"] = "ushort",
        ["uint32"] = "uint",
        ["uint64"] = "ulong",
        ["float16"] = "global::System.Half",
        ["float32"] = "float",
        ["float64"] = "double",
        ["complex128"] = "global::System.Numerics.Complex",
    };

    /// <summary>A list of numbers that may travel in one piece; null where it may not.</summary>
    /// <param name="name">What the schema calls it.</param>
    public static Scalar? FindPacking(string name) => Packings.TryGetValue(name, out var packing) ? packing : null;

    /// <summary>Whether a scalar is a list of numbers that may travel in one piece.</summary>
    public static bool IsPacked(Scalar scalar) => Packings.ContainsValue(scalar);

    /// <summary>An array of any number of dimensions; null where there is none of such elements.</summary>
    /// <param name="dtype">NumPy's name of the elements' type.</param>
    /// <param name="shape">The length of each dimension, -1 for any; null where the schema says nothing of it.</param>
    public static Scalar? FindArray(string dtype, IReadOnlyList<int>? shape) =>
        Elements.TryGetValue(dtype, out var element)
            ? new Scalar(
                $"global::TypedPool.NdArray<{element}>",
                $"NdArray<{element}>",
                IsReference: true,
                Arguments: shape is null ? "" : $", new int[] {{ {string.Join(", ", shape.Select(length => length.ToString(CultureInfo.InvariantCulture)))} }}",
                Attaches: true)
            : null;

    /// <summary>The scalar of JSON Schema's <c>type</c> and <c>format</c>; null where the type has parts, or is none.</summary>
    public static Scalar? Find(string type, string? format) =>
        format is not null && Rows.TryGetValue((type, format), out var exact) ? exact
        : Rows.TryGetValue((type, ""), out var general) ? general
        : null;

    /// <summary>Whether a scalar is a string of a format by which it is known: a date, a UUID and their like.</summary>
    public static bool IsText(Scalar scalar) => scalar != String && string.Equals(TypeOf(scalar), "string", StringComparison.Ordinal);

    /// <summary>JSON Schema's <c>type</c> of a scalar; null of those that have none.</summary>
    public static string? TypeOf(Scalar scalar) => Rows.Where(row => row.Value == scalar).Select(row => row.Key.Type).FirstOrDefault();

    private static Scalar Text(string name) => new("global::System." + name, name, IsKey: true);

    private static Scalar Packed(string method, string item) => new(
        $"global::TypedPool.ValueList<{item}>",
        method,
        IsReference: true,
        Parameter: $"global::System.Collections.Generic.IReadOnlyList<{item}>",
        Attaches: true);
}
