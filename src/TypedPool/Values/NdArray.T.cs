using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TypedPool;

/// <summary>
/// An array of any number of dimensions over one piece of memory, as NumPy has it, in row-major order. It can be written to, and is equal
/// to itself alone.
/// </summary>
/// <typeparam name="T">
/// The elements: <see cref="double"/>, <see cref="float"/>, <see cref="Half"/>, <see cref="bool"/>, an integer of 8 to 64 bits, or
/// <see cref="System.Numerics.Complex"/>.
/// </typeparam>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is an array.")]
public sealed class NdArray<T>
    where T : unmanaged
{
    private readonly int[] _shape;

    /// <summary>An array of zeros.</summary>
    /// <param name="shape">The length of each dimension, 0 or more; without any, the array is a single element.</param>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array holds.</exception>
    /// <exception cref="NotSupportedException">There are no arrays of <typeparamref name="T"/>.</exception>
    public NdArray(params ReadOnlySpan<int> shape)
        : this(new T[Count(shape)], shape.ToArray())
    {
    }

    internal NdArray(Memory<T> memory, int[] shape)
    {
        if (NdArray.DType<T>() is null)
        {
            throw new NotSupportedException(
                $"There are no arrays of {typeof(T)}: elements are double, float, Half, bool, integers of 8 to 64 bits or Complex.");
        }

        if (Count(shape) != memory.Length)
        {
            throw new ArgumentException($"The shape {Show(shape)} has {Count(shape)} elements, and there are {memory.Length}.", nameof(shape));
        }

        Memory = memory;
        _shape = shape;
    }

    /// <summary>The elements in row-major order: the last index changes fastest.</summary>
    public Memory<T> Memory { get; }

    /// <summary>The elements in row-major order: the last index changes fastest.</summary>
    public Span<T> Span => Memory.Span;

    /// <summary>The length of each dimension.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>How many dimensions there are; 0 for a single element.</summary>
    public int Rank => _shape.Length;

    /// <summary>How many elements there are.</summary>
    public int Length => Memory.Length;

    /// <summary>An element of an array of one dimension.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <exception cref="ArgumentException">The array has another number of dimensions, or the index is not in it.</exception>
    public ref T this[int index]
    {
        get
        {
            Require(1);
            return ref Span[In(index, 0)];
        }
    }

    /// <summary>An element of an array of two dimensions.</summary>
    /// <param name="row">Its first index, from 0.</param>
    /// <param name="column">Its second index, from 0.</param>
    /// <exception cref="ArgumentException">The array has another number of dimensions, or an index is not in it.</exception>
    [SuppressMessage("Design", "CA1023:Indexers should not be multidimensional", Justification = "The array is.")]
    public ref T this[int row, int column]
    {
        get
        {
            Require(2);
            return ref Span[(In(row, 0) * _shape[1]) + In(column, 1)];
        }
    }

    /// <summary>An element.</summary>
    /// <param name="indices">Its index in each dimension, from 0.</param>
    /// <exception cref="ArgumentException">There is another number of dimensions, or an index is not in the array.</exception>
    public ref T this[params ReadOnlySpan<int> indices]
    {
        get
        {
            Require(indices.Length);
            var offset = 0;
            for (var dimension = 0; dimension < indices.Length; dimension++)
            {
                offset = (offset * _shape[dimension]) + In(indices[dimension], dimension);
            }

            return ref Span[offset];
        }
    }

    /// <summary>The same elements, the same memory, in another shape.</summary>
    /// <param name="shape">The length of each dimension; -1, at most once, for what is left.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public NdArray<T> Reshape(params ReadOnlySpan<int> shape)
    {
        var dimensions = shape.ToArray();
        if (Array.IndexOf(dimensions, -1) is >= 0 and var open)
        {
            dimensions[open] = 1;
            var others = Count(dimensions);
            dimensions[open] = others == 0 || Length % others != 0
                ? throw new ArgumentException($"No length of dimension {open} gives {Length} elements.", nameof(shape))
                : Length / others;
        }

        return new NdArray<T>(Memory, dimensions);
    }

    /// <summary>What it holds and its shape, such as <c>Double(2, 3)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => typeof(T).Name + Show(_shape);

    internal static string Show(ReadOnlySpan<int> shape) => "(" + string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? ",)" : ")");

    private static int Count(ReadOnlySpan<int> shape)
    {
        // A dimension of zero makes all others harmless, however long they are.
        var count = shape.Contains(0) ? 0 : 1;
        foreach (var length in shape)
        {
            count = length < 0 ? throw new ArgumentException($"A dimension cannot have the length {length}.", nameof(shape))
                : (long)count * length > Array.MaxLength ? throw new ArgumentException($"The shape {Show(shape)} has more elements than an array holds.", nameof(shape))
                : count * length;
        }

        return count;
    }

    private void Require(int rank)
    {
        if (rank != _shape.Length)
        {
            throw new ArgumentException($"There are {rank} indices, and the array has {_shape.Length} dimensions.", nameof(rank));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int In(int index, int dimension) => (uint)index < (uint)_shape[dimension] ? index : throw Outside(index, dimension);

    private ArgumentOutOfRangeException Outside(int index, int dimension) =>
        new(nameof(index), index, $"Dimension {dimension} has the indices 0 to {_shape[dimension] - 1}.");
}
