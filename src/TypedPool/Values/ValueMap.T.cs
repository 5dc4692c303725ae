using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TypedPool;

/// <summary>An immutable map that is equal to another where their members are, in any order.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a map, beside ValueList.")]
public sealed class ValueMap<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>, IEquatable<ValueMap<TKey, TValue>>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _members;

    private ValueMap(Dictionary<TKey, TValue> members) => _members = members;

    /// <summary>The map without members.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "As Array.Empty has it.")]
    public static ValueMap<TKey, TValue> Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _members.Count;

    /// <inheritdoc />
    public IEnumerable<TKey> Keys => _members.Keys;

    /// <inheritdoc />
    public IEnumerable<TValue> Values => _members.Values;

    /// <inheritdoc />
    public TValue this[TKey key] => _members[key];

    /// <inheritdoc />
    public bool ContainsKey(TKey key) => _members.ContainsKey(key);

    /// <inheritdoc />
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _members.TryGetValue(key, out value);

    /// <summary>Enumerates the members without allocating.</summary>
    /// <returns>An enumerator.</returns>
    public Dictionary<TKey, TValue>.Enumerator GetEnumerator() => _members.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _members.GetEnumerator();

    /// <inheritdoc />
    public bool Equals([NotNullWhen(true)] ValueMap<TKey, TValue>? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (key, value) in _members)
        {
            if (!other._members.TryGetValue(key, out var its) || !EqualityComparer<TValue>.Default.Equals(value, its))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as ValueMap<TKey, TValue>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        // A sum, since the order of the members does not matter.
        var hash = 0;
        foreach (var (key, value) in _members)
        {
            hash += HashCode.Combine(key, value);
        }

        return hash;
    }

    /// <summary>The members in braces.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{{{string.Join(", ", _members.Select(member => $"{member.Key}: {member.Value}"))}}}";

    /// <summary>Takes over a dictionary that nobody else holds.</summary>
    internal static ValueMap<TKey, TValue> Own(Dictionary<TKey, TValue> members) => members.Count == 0 ? Empty : new(members);
}
