using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TypedPool;

/// <summary>
/// An immutable set that is equal to another where their items are, in any order. It is enumerated in the order in which
/// it was made.
/// </summary>
/// <typeparam name="T">What its items are.</typeparam>
[CollectionBuilder(typeof(ValueSet), nameof(ValueSet.Create))]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a set.")]
public sealed class ValueSet<T> : IReadOnlySet<T>, IEquatable<ValueSet<T>>
{
    // Nothing is ever removed from it: so its order is that of adding.
    private readonly HashSet<T> _items;

    private ValueSet(HashSet<T> items) => _items = items;

    /// <summary>The set without items.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "As Array.Empty has it.")]
    public static ValueSet<T> Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _items.Count;

    /// <inheritdoc />
    public bool Contains(T item) => _items.Contains(item);

    /// <inheritdoc />
    public bool IsProperSubsetOf(IEnumerable<T> other) => _items.IsProperSubsetOf(Inner(other));

    /// <inheritdoc />
    public bool IsProperSupersetOf(IEnumerable<T> other) => _items.IsProperSupersetOf(Inner(other));

    /// <inheritdoc />
    public bool IsSubsetOf(IEnumerable<T> other) => _items.IsSubsetOf(Inner(other));

    /// <inheritdoc />
    public bool IsSupersetOf(IEnumerable<T> other) => _items.IsSupersetOf(Inner(other));

    /// <inheritdoc />
    public bool Overlaps(IEnumerable<T> other) => _items.Overlaps(Inner(other));

    /// <inheritdoc />
    public bool SetEquals(IEnumerable<T> other) => _items.SetEquals(Inner(other));

    /// <summary>Enumerates the items without allocating.</summary>
    /// <returns>An enumerator.</returns>
    public HashSet<T>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc />
    public bool Equals([NotNullWhen(true)] ValueSet<T>? other) =>
        other is not null && (ReferenceEquals(this, other) || (other.Count == Count && _items.SetEquals(other._items)));

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as ValueSet<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        // A sum, since the order of the items does not matter.
        var hash = 0;
        foreach (var item in _items)
        {
            hash = unchecked(hash + HashCode.Combine(item));
        }

        return hash;
    }

    /// <summary>The items in braces.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{{{string.Join(", ", _items)}}}";

    /// <summary>Takes over a set that nobody else holds, and that compares by default.</summary>
    internal static ValueSet<T> Own(HashSet<T> items) => items.Count == 0 ? Empty : new(items);

    /// <summary>Two sets of one kind are compared without a copy of either.</summary>
    private static IEnumerable<T> Inner(IEnumerable<T> other) => other is ValueSet<T> set ? set._items : other;
}
