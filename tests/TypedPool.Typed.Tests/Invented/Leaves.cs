using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>The kinds of types without parts, a row each. A new kind is a row here.</summary>
internal static class Leaves
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf("", "\0", "\u001f\u007f", "\"\\/\b\f\n\r\t", "\u2028\ufeff\uffff\ufffd", "😀", new string('ß', 2_000)),
        Gen.String.AlphaNumeric,
        Gen.Int[0, 0x10FFFF].Where(rune => rune is < 0xD800 or > 0xDFFF).Array[0, 8].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32))));

    private static readonly Outsider LoneSurrogate = new("'\\ud800'", _ => "a\ud800");

    public static InventedType Text { get; } =
        new ScalarType<string>("str", "type(v) is str", Texts, PythonText.Of, LoneSurrogate, new("b'x'", null)) { Name = text => text };

    public static InventedType Boolean { get; } =
        new ScalarType<bool>("bool", "type(v) is bool", Gen.Bool, value => value ? "True" : "False", new Outsider("1", null));

    public static InventedType Integer { get; } = new ScalarType<long>(
        "int", "type(v) is int",
        Gen.OneOf(Gen.OneOf(0L, -1, 1L << 53, (1L << 53) + 1, long.MaxValue, long.MinValue), Gen.Long, Gen.Long[-9, 9]),
        Invariant,
        new Outsider("2**63", null) { IsTaken = true }, new Outsider("-2**63 - 1", null) { IsTaken = true }, new Outsider("1.5", null), new Outsider("True", null)) { Name = Invariant };

    public static InventedType Float { get; } = new ScalarType<double>(
        "float", "type(v) is float",
        Gen.OneOf(
            Gen.OneOf(0.0, -0.0, 1, 0.1, 1e16, 1e17, double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
            Gen.Double),
        PythonText.Of,
        new Outsider("'1.0'", null), new Outsider("10**400", null));

    public static InventedType Uuid { get; } = new ScalarType<Guid>(
        "uuid.UUID", "type(v) is uuid.UUID", Gen.OneOf(Gen.OneOf(Guid.Empty, Guid.AllBitsSet), Gen.Guid), value => $"uuid.UUID('{value}')", new Outsider("'0'", null)) { Name = value => $"{value}" };

    public static InventedType Decimal { get; } = new ScalarType<decimal>(
        "decimal.Decimal", "type(v) is decimal.Decimal",
        Gen.OneOf(Gen.OneOf(0m, -0m, 0.00m, 1.50m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m), Gen.Decimal),
        PythonText.Of,
        new Outsider("decimal.Decimal(2**96)", null) { IsTaken = true },
        new Outsider("decimal.Decimal('1E-29')", null) { IsTaken = true },
        new Outsider("decimal.Decimal('NaN')", null),
        new Outsider("1.5", null));

    public static InventedType AnyPath { get; } = new ScalarType<string>(
        "pathlib.PurePath", "isinstance(v, pathlib.PurePath)", Gen.OneOf(".", "/", "a/b", "../ü.txt"), text => $"pathlib.PurePath({PythonText.Of(text)})", new Outsider("7", null));

    /// <summary>Those that are strings of a form by which they are known, and an integer, which is none.</summary>
    public static InventedType[] Forms { get; } = [.. Times.Types, Uuid, Decimal, Integer];

    /// <summary>All, with how often they are taken.</summary>
    public static (int Of, IGen<InventedType> Make)[] All { get; } =
    [
        (4, Gen.Const(Text)),
        (2, Gen.Const(Boolean)),
        (4, Gen.Const(Integer)),
        (4, Gen.Const(Float)),
        (1, Of(new ScalarType<JsonElement>(
            "typing.Any", "True",
            Gen.OneOf("null", "[]", "{}", """{"a":[1,2.5,"x",{"b":null}],"":true}""", "\"ü\"", "-7").Select(text => JsonElement.Parse(text)),
            value => $"__import__('json').loads({PythonText.Of(value.GetRawText())})",
            new Outsider("object()", null), new Outsider("float('nan')", null), new Outsider(null, _ => default(JsonElement))) { IsNullable = true })),
        (2, Choice("str, enum.Enum", index => $"'v{index}'")),
        (2, Choice("enum.Enum", index => $"'{(char)('A' + index)} ~{index}'")),
        (1, Choice("enum.Enum", index => $"{index}.5")),
        (2, Choice("enum.IntEnum", index => $"{(index * 7) - 3}")),
        (2, Choice(null, index => $"'v{index}'")),
        (1, Choice(null, index => $"{index * 1_000_000_007L}")),
        (1, Choice(null, index => index % 3 == 0 ? $"'v{index}'" : index == 1 ? "True" : $"{index}")),
        (1, Gen.Int[1, 9].Select(InventedType (count) => new FlagType(count, "enum.Flag"))),
        (1, Gen.Int[33, 60].Select(InventedType (count) => new FlagType(count, "enum.IntFlag"))),
        (1, Integers("Int8", sbyte.MinValue, sbyte.MaxValue)),
        (1, Integers("Int16", short.MinValue, short.MaxValue)),
        (1, Integers("Int32", int.MinValue, int.MaxValue)),
        (1, Integers("Int64", long.MinValue, long.MaxValue)),
        (1, Integers("UInt8", byte.MinValue, byte.MaxValue)),
        (1, Integers("UInt16", ushort.MinValue, ushort.MaxValue)),
        (1, Integers("UInt32", uint.MinValue, uint.MaxValue)),
        (1, Integers("UInt64", ulong.MinValue, ulong.MaxValue)),
        (1, Of(new ScalarType<BigInteger>(
            "typedpool.BigInt", "type(v) is int",
            Gen.OneOf(Gen.OneOf(BigInteger.Zero, BigInteger.Pow(10, 4_300) - 1, 1 - BigInteger.Pow(10, 4_300), BigInteger.Pow(2, 64)), Gen.Long.Select(value => BigInteger.Pow(value, 3))),
            value => $"int('{value}')",
            new Outsider("10**4300", _ => BigInteger.Pow(10, 4_300)), new Outsider("1.0", null)))),
        (2, Of(new ScalarType<float>(
            "typedpool.Float32", "type(v) is float",
            Gen.OneOf(Gen.OneOf(0f, -0f, 0.1f, float.Epsilon, float.MaxValue, float.MinValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity), Gen.Float),
            value => PythonText.Of(value),
            new Outsider("0.1", null), new Outsider("1e39", null)))),
        (2, Gen.Const(Decimal)),
        (2, Gen.Const(Uuid)),
        (1, Gen.Const(AnyPath)),
        .. BytesType.All,
        .. Times.Types.Select(type => (1, (IGen<InventedType>)Gen.Const(type))),
        .. Bounded.All,
    ];

    /// <summary>What a map can have as keys.</summary>
    public static Gen<InventedType> Keys { get; } = Gen.Frequency(
        (4, Gen.Const(Text)), (2, Gen.Const(Integer)), (1, Gen.Const(Uuid)), (1, Integers("UInt8", byte.MinValue, byte.MaxValue)), (1, Gen.Const(Times.Date)),
        (1, Choice("str, enum.Enum", index => $"'v{index}'")), (1, Choice("enum.IntEnum", index => $"{(index * 7) - 3}")), (1, Choice(null, index => $"'/~{index}'")));

    /// <summary>A type as one that may be invented.</summary>
    public static Gen<InventedType> Of(InventedType type) => Gen.Const(type);

    /// <summary>An enum, or a literal where it derives from nothing, of one to five values.</summary>
    public static Gen<InventedType> Choice(string? enumBase, Func<int, string> value) =>
        Gen.Int[1, 5].Select(InventedType (count) => new ChoiceType([.. Enumerable.Range(0, count).Select(value)], enumBase));

    /// <summary>A value in no language.</summary>
    public static string Invariant<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Integers of a width, to the ends of it and no further.</summary>
    private static Gen<InventedType> Integers<T>(string name, T least, T most)
        where T : struct, IBinaryInteger<T>, IFormattable => Of(new ScalarType<T>(
            $"typedpool.{name}", "type(v) is int",
            Gen.OneOf(Gen.OneOf(least, most, T.Zero, T.One), Gen.ULong.Select(T.CreateTruncating)),
            Invariant,
            new Outsider($"{most} + 1", null), new Outsider($"{least} - 1", null), new Outsider("True", null)) { Name = Invariant });
}
