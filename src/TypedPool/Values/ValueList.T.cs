using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedPool;

/// <summary>An immutable list that is equal to another where their items are, so that records of lists compare by value.</summary>
/// <typeparam name="T">What its items are.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a list.")]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly List<T> _items;

    private ValueList(List<T> items) => _items = items;

    /// <summary>The list without items.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "As Array.Empty has it.")]
    public static ValueList<T> Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _items.Count;

    /// <inheritdoc />
    public T this[int index] => _items[index];

    /// <summary>Enumerates the items without allocating.</summary>
    /// <returns>An enumerator.</returns>
    [SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "Only its enumerator is exposed.")]
    public List<T>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc />
    public bool Equals([NotNullWhen(true)] ValueList<T>? other) =>
        other is not null && (ReferenceEquals(this, other) || _items.SequenceEqual(other._items));

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>The items in brackets.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"[{string.Join(", ", _items)}]";

    /// <summary>The items in one piece.</summary>
    internal ReadOnlySpan<T> AsSpan() => CollectionsMarshal.AsSpan(_items);

    /// <summary>Takes over a list that nobody else holds.</summary>
    internal static ValueList<T> Own(List<T> items) => items.Count == 0 ? Empty : new(items);
}
