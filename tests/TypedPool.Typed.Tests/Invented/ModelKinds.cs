using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Classes of attrs, which hold whatever a dataclass does, and models of pydantic, which hold what pydantic itself reads and writes.</summary>
internal static class ModelKinds
{
    private static readonly Gen<InventedType> Leaf = Gen.Frequency(
    [
        (4, Gen.Const(Leaves.Text)),
        (2, Gen.Const(Leaves.Boolean)),
        (4, Gen.Const(Leaves.Integer)),
        (4, Gen.Const(Leaves.Float)),
        (2, Gen.Const(Leaves.Decimal)),
        (1, Gen.Const(Leaves.Uuid)),
        (1, Gen.Const(Leaves.AnyPath)),
        (2, Leaves.Choice("str, enum.Enum", index => $"'v{index}'")),
        (1, Leaves.Choice("enum.IntEnum", index => $"{(index * 7) - 3}")),
        (1, Leaves.Choice(null, index => $"'v{index}'")),
        (1, Leaves.Choice(null, index => $"{index * 1_000_000_007L}")),
        .. Times.Types.Where(type => type is not ScalarType<DateTime>).Select(type => (1, (IGen<InventedType>)Gen.Const(type))),
    ]);

    /// <summary>The classes that stand beside Python's own, with how often they are taken.</summary>
    /// <param name="inner">What a class of attrs holds.</param>
    /// <param name="depth">How deep a model nests.</param>
    public static (int Of, IGen<InventedType> Make)[] Beside(Gen<InventedType> inner, int depth) =>
    [
        (4, Compounds.Record(RecordStyle.Attrs)(inner)),
        (2, Compounds.Record(RecordStyle.FrozenAttrs)(inner)),
        .. Models(OfDepth(depth)),
    ];

    private static (int Of, IGen<InventedType> Make)[] Models(Gen<InventedType> inner) =>
    [
        (5, Compounds.Record(RecordStyle.Model)(inner)),
        (2, Compounds.Record(RecordStyle.FrozenModel)(inner)),
        (2, Compounds.Record(RecordStyle.ModelDataclass)(inner)),
    ];

    /// <summary>What a field of a model may hold.</summary>
    private static Gen<InventedType> OfDepth(int depth)
    {
        if (depth == 0)
        {
            return Leaf;
        }

        var inner = OfDepth(depth - 1);
        return Gen.Frequency(
        [
            (4, Leaf),
            (2, Compounds.Nullable(inner)),
            (2, Compounds.List("list[{0}]", "list", "[{0}]")(inner)),
            (1, Compounds.List("tuple[{0}, ...]", "tuple", "({0})")(inner)),
            (1, Compounds.Set("set")(inner)),
            (1, Compounds.Set("frozenset")(inner)),
            (1, Compounds.Tuple(1, 3)(inner)),
            (2, inner.Select(InventedType (item) => new MapType(Leaves.Text, item))),
            (1, Compounds.Record(RecordStyle.Dataclass)(inner)),
            (2, Compounds.UnionByJson(inner, RecordStyle.Model)),
            (2, Compounds.UnionByTag(inner, RecordStyle.Model)),
            .. Models(inner),
        ]);
    }
}
