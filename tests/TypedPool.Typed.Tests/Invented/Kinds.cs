using System.Globalization;
using System.Text.Json;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>The kinds of types, a row each. A new kind is a row here.</summary>
internal static class Kinds
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf("", "\0", "\u001f\u007f", "\"\\/\b\f\n\r\t", "\u2028\ufeff\uffff\ufffd", "😀", new string('ß', 2_000)),
        Gen.String.AlphaNumeric,
        Gen.Int[0, 0x10FFFF].Where(rune => rune is < 0xD800 or > 0xDFFF).Array[0, 8].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32))));

    private static readonly Outsider LoneSurrogate = new("'\\ud800'", _ => "a\ud800");

    private static readonly InventedType Text = new ScalarType<string>("str", "type(v) is str", Texts, PythonText.Of, LoneSurrogate, new("b'x'", null));

    /// <summary>Types without parts, with how often they are taken.</summary>
    private static readonly (int, IGen<InventedType>)[] Leaves =
    [
        (3, Gen.Const(Text)),
        (2, Scalar(new ScalarType<bool>("bool", "type(v) is bool", Gen.Bool, value => value ? "True" : "False", new Outsider("1", null)))),
        (3, Scalar(new ScalarType<long>(
            "int", "type(v) is int",
            Gen.OneOf(Gen.OneOf(0L, -1, 1L << 53, (1L << 53) + 1, long.MaxValue, long.MinValue), Gen.Long, Gen.Long[-9, 9]),
            value => value.ToString(CultureInfo.InvariantCulture),
            new Outsider("2**63", null), new Outsider("-2**63 - 1", null), new Outsider("1.5", null), new Outsider("True", null)))),
        (3, Scalar(new ScalarType<double>(
            "float", "type(v) is float",
            Gen.OneOf(
                Gen.OneOf(0.0, -0.0, 1, 0.1, 1e16, 1e17, double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
                Gen.Double),
            PythonText.Of,
            new Outsider("'1.0'", null), new Outsider("10**400", null)))),
        (1, Scalar(new ScalarType<JsonElement>(
            "typing.Any", "True",
            Gen.OneOf("null", "[]", "{}", """{"a":[1,2.5,"x",{"b":null}],"":true}""", "\"ü\"", "-7").Select(text => JsonElement.Parse(text)),
            value => $"__import__('json').loads({PythonText.Of(value.GetRawText())})",
            new Outsider("object()", null), new Outsider("float('nan')", null), new Outsider(null, _ => default(JsonElement))) { IsNullable = true })),
        (2, Choice("str, enum.Enum", index => $"'v{index}'")),
        (2, Choice("enum.Enum", index => $"'{(char)('A' + index)} ~{index}'")),
        (2, Choice("enum.IntEnum", index => $"{(index * 7) - 3}")),
        (2, Choice(null, index => $"'v{index}'")),
        (1, Choice(null, index => $"{index * 1_000_000_007L}")),
    ];

    /// <summary>Types made of others, with how often they are taken.</summary>
    private static readonly (int Of, Func<Gen<InventedType>, Gen<InventedType>> Make)[] Compounds =
    [
        (3, item => item.Select(InventedType (type) => type.IsNullable ? type : new NullableType(type))),
        (3, List("list[{0}]", "list", "[{0}]")),
        (1, List("tuple[{0}, ...]", "tuple", "({0})")),
        (1, List("collections.deque[{0}]", "collections.deque", "collections.deque([{0}])")),
        (2, item => item.Select(InventedType (type) => new MapType(Text, type, key => (string)key!))),
        (5, Record),
    ];

    /// <summary>A type that nests to at most this depth.</summary>
    public static Gen<InventedType> OfDepth(int depth)
    {
        var leaf = Gen.Frequency(Leaves);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = OfDepth(depth - 1);
        return Gen.Frequency([(2, leaf), .. Compounds.Select(row => (row.Of, (IGen<InventedType>)row.Make(inner)))]);
    }

    private static Gen<InventedType> Scalar(InventedType type) => Gen.Const(type);

    private static Gen<InventedType> Choice(string? enumBase, Func<int, string> value) =>
        Gen.Int[1, 5].Select(InventedType (count) => new ChoiceType([.. Enumerable.Range(0, count).Select(value)], enumBase));

    private static Func<Gen<InventedType>, Gen<InventedType>> List(string annotation, string check, string python) =>
        item => item.Select(InventedType (type) => new ListType(type, annotation, check, python));

    private static Gen<InventedType> Record(Gen<InventedType> inner)
    {
        var fields = inner.SelectMany(type => Gen.Select(Gen.Bool, type.Values, (hasDefault, value) => (type, hasDefault, value))).Array[1, 4];
        return Gen.Select(fields, Gen.Int[0, 9], InventedType (all, chance) =>
        {
            var ordered = all.OrderBy(field => field.hasDefault).ToArray();
            return new RecordType(
                [.. ordered.Select((field, index) => new RecordField(FieldName(index), field.type, field.hasDefault, field.value))], isRecursive: chance == 0);
        });
    }

    /// <summary>Names that C# makes something of.</summary>
    private static string FieldName(int index) => index switch
    {
        0 => "value",
        1 => "is_true",
        2 => "Clone",
        _ => "class_" + index.ToString(CultureInfo.InvariantCulture),
    };
}
