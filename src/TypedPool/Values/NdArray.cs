using System.Numerics;

namespace TypedPool;

/// <summary>Makes <see cref="NdArray{T}"/> of memory that is there already.</summary>
public static class NdArray
{
    /// <summary>An array over memory, which is not copied.</summary>
    /// <typeparam name="T">The elements: see <see cref="NdArray{T}"/>.</typeparam>
    /// <param name="memory">The elements in row-major order: the last index changes fastest.</param>
    /// <param name="shape">The length of each dimension, 0 or more; without any, the array is a single element.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the memory.</exception>
    /// <exception cref="NotSupportedException">There are no arrays of <typeparamref name="T"/>.</exception>
    public static NdArray<T> FromMemory<T>(Memory<T> memory, params ReadOnlySpan<int> shape)
        where T : unmanaged => new(memory, shape.ToArray());

    /// <summary>An array over another one, which is not copied.</summary>
    /// <typeparam name="T">The elements: see <see cref="NdArray{T}"/>.</typeparam>
    /// <param name="elements">The elements in row-major order: the last index changes fastest.</param>
    /// <param name="shape">The length of each dimension, 0 or more; without any, the array is a single element.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the array.</exception>
    /// <exception cref="NotSupportedException">There are no arrays of <typeparamref name="T"/>.</exception>
    public static NdArray<T> FromArray<T>(T[] elements, params ReadOnlySpan<int> shape)
        where T : unmanaged => new(elements, shape.ToArray());

    /// <summary>The name that NumPy has for a type of elements; null where it has none of that size.</summary>
    internal static string? DType<T>() =>
        typeof(T) == typeof(double) ? "float64"
        : typeof(T) == typeof(float) ? "float32"
        : typeof(T) == typeof(Half) ? "float16"
        : typeof(T) == typeof(bool) ? "bool"
        : typeof(T) == typeof(sbyte) ? "int8"
        : typeof(T) == typeof(short) ? "int16"
        : typeof(T) == typeof(int) ? "int32"
        : typeof(T) == typeof(long) ? "int64"
        : typeof(T) == typeof(byte) ? "uint8"
        : typeof(T) == typeof(ushort) ? "uint16"
        : typeof(T) == typeof(uint) ? "uint32"
        : typeof(T) == typeof(ulong) ? "uint64"
        : typeof(T) == typeof(Complex) ? "complex128"
        : null;
}
