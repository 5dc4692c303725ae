namespace TypedPool;

/// <summary>Makes <see cref="ValueList{T}"/>; collection expressions (<c>[1, 2]</c>) do so too.</summary>
public static class ValueList
{
    /// <summary>Makes a list of copies of the items.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="items">The items in order.</param>
    /// <returns>The list.</returns>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => ValueList<T>.Own([.. items]);

    /// <summary>Makes a list of copies of the items.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="items">The items in order.</param>
    /// <returns>The list.</returns>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => ValueList<T>.Own([.. items]);
}
