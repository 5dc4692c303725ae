using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>The kinds of types, a row each. A new kind is a row here.</summary>
internal static class Kinds
{
    /// <summary>Types made of others, with how often they are taken.</summary>
    private static readonly (int Of, Func<Gen<InventedType>, Gen<InventedType>> Make)[] Rows =
    [
        (3, Compounds.Nullable),
        (3, Compounds.List("list[{0}]", "list", "[{0}]")),
        (1, Compounds.List("tuple[{0}, ...]", "tuple", "({0})")),
        (1, Compounds.List("collections.deque[{0}]", "collections.deque", "collections.deque([{0}])")),
        (1, Compounds.List("typing.Sequence[{0}]", "list", "[{0}]")),
        (1, Compounds.Set("set")),
        (1, Compounds.Set("frozenset")),
        (2, Compounds.Tuple(0, 3)),
        (1, Compounds.Tuple(8, 9)),
        (3, item => Gen.Select(Leaves.Keys, item, InventedType (key, type) => new MapType(key, type))),
        (4, Compounds.Record(RecordStyle.Dataclass)),
        (1, Compounds.Record(RecordStyle.FrozenDataclass)),
        (2, Compounds.Record(RecordStyle.NamedTuple)),
        (2, Compounds.Record(RecordStyle.TypedDict)),
        (2, inner => Compounds.UnionByJson(inner, RecordStyle.Dataclass)),
        (2, inner => Compounds.UnionByTag(inner, RecordStyle.Dataclass)),
        (1, _ => Compounds.UnionByForm()),
    ];

    /// <summary>A type that nests to at most this depth, of those that Python has with a library.</summary>
    public static Gen<InventedType> OfDepth(int depth, Library library)
    {
        var leaf = Gen.Frequency([.. Leaves.All, .. library.Leaves]);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = OfDepth(depth - 1, library);
        return Gen.Frequency([(2, leaf), .. Rows.Select(row => (row.Of, (IGen<InventedType>)row.Make(inner))), .. library.Compounds(inner, depth - 1)]);
    }
}
