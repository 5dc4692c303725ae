namespace TypedPool;

/// <summary>Makes <see cref="ValueMap{TKey, TValue}"/>.</summary>
public static class ValueMap
{
    /// <summary>Makes a map of copies of the members.</summary>
    /// <typeparam name="TKey">The keys.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="members">The members; no two of one key.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentException">Two members have one key.</exception>
    public static ValueMap<TKey, TValue> ToValueMap<TKey, TValue>(this IEnumerable<KeyValuePair<TKey, TValue>> members)
        where TKey : notnull =>
        ValueMap<TKey, TValue>.Own(new Dictionary<TKey, TValue>(members));
}
