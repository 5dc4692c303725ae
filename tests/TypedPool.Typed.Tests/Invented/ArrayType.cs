using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>An array of NumPy's. A plain value is its shape and its bytes.</summary>
/// <param name="dtype">What NumPy calls its elements.</param>
/// <param name="shape">The length of each dimension, null for any; null where there may be any number of them.</param>
internal sealed class ArrayType<T>(string dtype, int?[]? shape) : InventedType
    where T : unmanaged
{
    private const int Longest = 4;
    private const int MostDimensions = 3;

    private static readonly Gen<int> Length = Gen.Int[0, Longest];

    public override IReadOnlyList<Outsider> Outsiders =>
    [
        new("numpy.zeros(1, 'datetime64[s]')", null),
        new("[1]", null),
        .. shape is null ? [] : (Outsider[])[new($"numpy.zeros({OneMore}, '{dtype}')", _ => NdArray.FromArray(new T[1], [.. shape.Select(_ => 1), 1]))],
    ];

    public override Gen<object?> Values { get; } = (shape is null ? Length.Array[0, MostDimensions] : Lengths(shape))
        .SelectMany(lengths => Gen.Byte.Array[lengths.Aggregate(1, (count, length) => count * length) * Unsafe.SizeOf<T>()], (lengths, bytes) => (object?)new Plain(lengths, Elements(bytes)));

    /// <summary>The shape of an array of ones with a dimension too many.</summary>
    private string OneMore => Tuple([.. shape!.Select(_ => 1), 1]);

    public override string Annotate(PythonModule module)
    {
        var array = $"numpy.typing.NDArray[numpy.{(dtype == "bool" ? "bool_" : dtype)}]";
        return shape is null ? array : $"typing.Annotated[{array}, typedpool.Shape({string.Join(", ", shape.Select(length => $"{length?.ToString() ?? "None"}"))})]";
    }

    public override string Check(PythonModule module)
    {
        var lengths = shape is null ? "" : $" and len(v.shape) == {shape.Length}{string.Concat(shape.Select((length, index) => length is null ? "" : $" and v.shape[{index}] == {length}"))}";
        return $"type(v) is numpy.ndarray and v.dtype == numpy.dtype('{dtype}') and v.flags.c_contiguous and v.flags.writeable{lengths}";
    }

    public override string Python(object? plain) =>
        $"numpy.frombuffer(bytearray.fromhex('{Convert.ToHexString(((Plain)plain!).Bytes)}'), '{dtype}').reshape({Tuple(((Plain)plain).Shape)})";

    /// <summary>Elsewhere in memory: in the order of columns, each element with its bytes in the other order.</summary>
    public override string Returned(string value) => $"numpy.asarray({value}, numpy.dtype('{dtype}').newbyteorder(), order='F')";

    public override object? ToCSharp(object? plain, Type target) => NdArray.FromArray(MemoryMarshal.Cast<byte, T>(((Plain)plain!).Bytes).ToArray(), ((Plain)plain).Shape);

    public override object? ToPlain(object? value)
    {
        var array = (NdArray<T>)value!;
        return new Plain(array.Shape.ToArray(), MemoryMarshal.AsBytes(array.Span).ToArray());
    }

    public override string ToString() => $"{dtype}[{(shape is null ? "" : string.Join(", ", shape.Select(length => length?.ToString() ?? "*")))}]";

    private static Gen<int[]> Lengths(int?[] shape) => shape.Aggregate(
        Gen.Const(Array.Empty<int>()), (all, length) => Gen.Select(all, length is null ? Length : Gen.Const(length.Value), (before, each) => (int[])[.. before, each]));

    /// <summary>Bytes that may be elements: a boolean has two values.</summary>
    private static byte[] Elements(byte[] bytes) => typeof(T) == typeof(bool) ? [.. bytes.Select(each => (byte)(each & 1))] : bytes;

    private static string Tuple(int[] lengths) => $"({string.Concat(lengths.Select(length => $"{length}, "))})";

    /// <summary>An array in no language.</summary>
    private sealed record Plain(int[] Shape, byte[] Bytes);
}
