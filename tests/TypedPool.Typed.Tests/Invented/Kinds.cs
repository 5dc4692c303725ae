using System.Globalization;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>The kinds of types, a row each. A new kind is a row here.</summary>
internal static class Kinds
{
    /// <summary>Types made of others, with how often they are taken.</summary>
    private static readonly (int Of, Func<Gen<InventedType>, Gen<InventedType>> Make)[] Compounds =
    [
        (3, item => item.Select(InventedType (type) => type.IsNullable ? type : new NullableType(type))),
        (3, List("list[{0}]", "list", "[{0}]")),
        (1, List("tuple[{0}, ...]", "tuple", "({0})")),
        (1, List("collections.deque[{0}]", "collections.deque", "collections.deque([{0}])")),
        (1, Set("set")),
        (1, Set("frozenset")),
        (2, item => item.Array[0, 3].Select(InventedType (types) => new TupleType(types))),
        (1, item => item.Array[8, 9].Select(InventedType (types) => new TupleType(types))),
        (3, item => Gen.Select(Leaves.Keys, item, InventedType (key, type) => new MapType(key, type))),
        (4, Record(RecordStyle.Dataclass)),
        (1, Record(RecordStyle.FrozenDataclass)),
        (2, Record(RecordStyle.NamedTuple)),
        (2, Record(RecordStyle.TypedDict)),
        (2, UnionByJson),
        (2, UnionByTag),
        (1, _ => UnionByForm()),
    ];

    /// <summary>A type that nests to at most this depth.</summary>
    public static Gen<InventedType> OfDepth(int depth)
    {
        var leaf = Gen.Frequency(Leaves.All);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = OfDepth(depth - 1);
        return Gen.Frequency([(2, leaf), .. Compounds.Select(row => (row.Of, (IGen<InventedType>)row.Make(inner)))]);
    }

    private static Func<Gen<InventedType>, Gen<InventedType>> List(string annotation, string check, string python) =>
        item => item.Select(InventedType (type) => new ListType(type, annotation, check, python));

    /// <summary>A set of what Python can hash, else a list.</summary>
    private static Func<Gen<InventedType>, Gen<InventedType>> Set(string kind) =>
        item => item.Select(InventedType (type) => type.IsHashable ? new SetType(type, kind) : new ListType(type, "list[{0}]", "list", "[{0}]"));

    private static Func<Gen<InventedType>, Gen<InventedType>> Record(RecordStyle style) =>
        inner => Gen.Select(Fields(inner), Gen.Int[0, 9], InventedType (fields, chance) => new RecordType(fields, style, isRecursive: chance == 0 && style != RecordStyle.TypedDict));

    private static Gen<RecordField[]> Fields(Gen<InventedType> inner) => inner
        .SelectMany(type => Gen.Select(Gen.Bool, type.Values, (hasDefault, value) => (type, hasDefault, value))).Array[1, 4]
        .Select(all => all.OrderBy(field => field.hasDefault).Select((field, index) => new RecordField(FieldName(index), field.type, field.hasDefault, field.value)).ToArray());

    /// <summary>Cases that are of different kinds in JSON.</summary>
    private static Gen<InventedType> UnionByJson(Gen<InventedType> inner) => Gen.Select(
        Gen.Shuffle(Enumerable.Range(0, 5).ToArray()), Gen.Int[2, 5], inner, Fields(inner),
        InventedType (order, count, item, fields) => new UnionType([.. order.Take(count).Select(InventedType (kind) => kind switch
        {
            0 => Leaves.Text,
            1 => Leaves.Boolean,
            2 => Leaves.Integer,
            3 => new ListType(item, "list[{0}]", "list", "[{0}]"),
            _ => new RecordType(fields, RecordStyle.Dataclass),
        })]));

    /// <summary>Strings of formats that are told apart by their form, and maybe an integer beside them.</summary>
    private static Gen<InventedType> UnionByForm() => Gen.Select(
        Gen.Shuffle(Leaves.Forms), Gen.Int[2, Leaves.Forms.Length],
        InventedType (types, count) => new UnionType([.. types.Take(count)]));

    /// <summary>Classes that have a literal to be told apart by, with a number beside them, of which one has a point.</summary>
    private static Gen<InventedType> UnionByTag(Gen<InventedType> inner) => Gen.Select(
        Fields(inner).Array[2, 3],
        InventedType (all) => new UnionType([
            .. all.Select((fields, index) => new RecordType(fields, RecordStyle.Dataclass, tag: $"t{index}")), Leaves.Float, Leaves.Integer]));

    /// <summary>Names that C# makes something of.</summary>
    private static string FieldName(int index) => index switch
    {
        0 => "value",
        1 => "is_true",
        2 => "Clone",
        _ => "class_" + index.ToString(CultureInfo.InvariantCulture),
    };
}
