using System.Numerics;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>The kinds of arrays, a row for each type of elements.</summary>
internal static class Arrays
{
    private static readonly Gen<int?[]?> Shapes = Gen.Frequency(
        (1, Gen.Const((int?[]?)null)),
        (2, Gen.Frequency((1, Gen.Const((int?)null)), (1, Gen.Int[0, 3].Select(length => (int?)length))).Array[0, 3].Select(shape => (int?[]?)shape)));

    /// <summary>All, with how often they are taken.</summary>
    public static (int Of, IGen<InventedType> Make)[] All { get; } =
    [
        (2, Of<bool>("bool")),
        (1, Of<sbyte>("int8")),
        (1, Of<short>("int16")),
        (1, Of<int>("int32")),
        (2, Of<long>("int64")),
        (2, Of<byte>("uint8")),
        (1, Of<ushort>("uint16")),
        (1, Of<uint>("uint32")),
        (1, Of<ulong>("uint64")),
        (2, Of<Half>("float16")),
        (2, Of<float>("float32")),
        (4, Of<double>("float64")),
        (2, Of<Complex>("complex128")),
    ];

    private static Gen<InventedType> Of<T>(string dtype)
        where T : unmanaged => Shapes.Select(InventedType (shape) => new ArrayType<T>(dtype, shape));
}
