using System.Globalization;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Types made of others.</summary>
internal static class Compounds
{
    public static Gen<InventedType> Nullable(Gen<InventedType> item) => item.Select(InventedType (type) => type.IsNullable ? type : new NullableType(type));

    public static Func<Gen<InventedType>, Gen<InventedType>> Tuple(int least, int most) =>
        item => item.Array[least, most].Select(InventedType (types) => new TupleType(types));

    public static Func<Gen<InventedType>, Gen<InventedType>> List(string annotation, string check, string python) =>
        item => item.Select(InventedType (type) => new ListType(type, annotation, check, python));

    /// <summary>A set of what Python can hash, else a list.</summary>
    public static Func<Gen<InventedType>, Gen<InventedType>> Set(string kind) =>
        item => item.Select(InventedType (type) => type.IsHashable ? new SetType(type, kind) : new ListType(type, "list[{0}]", "list", "[{0}]"));

    public static Func<Gen<InventedType>, Gen<InventedType>> Record(RecordStyle style) =>
        inner => Gen.Select(Fields(inner), Gen.Int[0, 9], InventedType (fields, chance) => new RecordType(fields, style, isRecursive: chance == 0 && style != RecordStyle.TypedDict));

    /// <summary>Cases that are of different kinds in JSON.</summary>
    public static Gen<InventedType> UnionByJson(Gen<InventedType> inner, RecordStyle style) => Gen.Select(
        Gen.Shuffle(Enumerable.Range(0, 5).ToArray()), Gen.Int[2, 5], inner, Fields(inner),
        InventedType (order, count, item, fields) => new UnionType([.. order.Take(count).Select(InventedType (kind) => kind switch
        {
            0 => Leaves.Text,
            1 => Leaves.Boolean,
            2 => Leaves.Integer,
            3 => new ListType(item, "list[{0}]", "list", "[{0}]"),
            _ => new RecordType(fields, style),
        })]));

    /// <summary>Strings of formats that are told apart by their form, and maybe an integer beside them.</summary>
    public static Gen<InventedType> UnionByForm() => Gen.Select(
        Gen.Shuffle(Leaves.Forms), Gen.Int[2, Leaves.Forms.Length],
        InventedType (types, count) => new UnionType([.. types.Take(count)]));

    /// <summary>Classes that have a literal to be told apart by, with a number beside them, of which one has a point.</summary>
    public static Gen<InventedType> UnionByTag(Gen<InventedType> inner, RecordStyle style) => Gen.Select(
        Fields(inner).Array[2, 3],
        InventedType (all) => new UnionType([
            .. all.Select((fields, index) => new RecordType(fields, style, tag: $"t{index}")), Leaves.Float, Leaves.Integer]));

    private static Gen<RecordField[]> Fields(Gen<InventedType> inner) => inner
        .SelectMany(type => Gen.Select(Gen.Bool, type.Values, (hasDefault, value) => (type, hasDefault, value))).Array[1, 4]
        .Select(all => all.OrderBy(field => field.hasDefault).Select((field, index) => new RecordField(FieldName(index), field.type, field.hasDefault, field.value)).ToArray());

    /// <summary>Names that C# makes something of.</summary>
    private static string FieldName(int index) => index switch
    {
        0 => "value",
        1 => "is_true",
        2 => "Clone",
        _ => "class_" + index.ToString(CultureInfo.InvariantCulture),
    };
}
