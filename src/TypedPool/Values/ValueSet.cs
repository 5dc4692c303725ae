namespace TypedPool;

/// <summary>Makes <see cref="ValueSet{T}"/>; collection expressions (<c>[1, 2]</c>) do so too.</summary>
public static class ValueSet
{
    /// <summary>Makes a set of copies of the items.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="items">The items; of equal ones the first is kept.</param>
    /// <returns>The set.</returns>
    public static ValueSet<T> Create<T>(ReadOnlySpan<T> items)
    {
        var set = new HashSet<T>(items.Length);
        foreach (var item in items)
        {
            set.Add(item);
        }

        return ValueSet<T>.Own(set);
    }

    /// <summary>Makes a set of copies of the items.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="items">The items; of equal ones the first is kept.</param>
    /// <returns>The set.</returns>
    public static ValueSet<T> ToValueSet<T>(this IEnumerable<T> items) => ValueSet<T>.Own([.. items]);
}
