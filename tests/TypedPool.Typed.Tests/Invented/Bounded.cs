using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Types of which only a part is allowed.</summary>
internal static class Bounded
{
    /// <summary>All, with how often they are taken.</summary>
    public static (int Of, IGen<InventedType> Make)[] All { get; } =
    [
        (1, Leaves.Of(new ScalarType<long>(
            "typing.Annotated[int, Ge(-3), Lt(12)]", "type(v) is int", Gen.Long[-3, 11], Leaves.Invariant, new Outsider("-4", _ => -4L), new Outsider("12", _ => 12L)))),
        (1, Leaves.Of(new ScalarType<byte>(
            "typing.Annotated[int, Ge(0), Le(255)]", "type(v) is int", Gen.Byte, Leaves.Invariant, new Outsider("-1", null), new Outsider("256", null)))),
        (1, Leaves.Of(new ScalarType<double>(
            "typing.Annotated[float, Gt(0), Le(1)]", "type(v) is float", Gen.Double[double.Epsilon, 1], PythonText.Of,
            new Outsider("0.0", _ => 0.0), new Outsider("1.0000000000000002", _ => Math.BitIncrement(1)), new Outsider("float('nan')", _ => double.NaN)))),
        (1, Leaves.Of(new ScalarType<string>(
            "typing.Annotated[str, MinLen(1), MaxLen(2)]", "type(v) is str", Gen.OneOf("a", "ab", "😀😀"), PythonText.Of, new Outsider("''", _ => ""), new Outsider("'abc'", _ => "abc")))),
        (1, Leaves.Of(new ScalarType<decimal>(
            "typing.Annotated[decimal.Decimal, Ge(decimal.Decimal('0.5'))]", "type(v) is decimal.Decimal", Gen.Decimal[0.5m, 2m], PythonText.Of,
            new Outsider("decimal.Decimal('0.49')", _ => 0.49m)))),
    ];
}
