using System.Buffers;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Maps whose keys are not just strings: a member is named by the JSON text of its key, without quotes.</content>
public static partial class JsonRead
{
    private const int LongestKeyOnStack = 256;

    /// <summary>Reads an object whose members are named by keys that JSON writes as strings.</summary>
    /// <typeparam name="TKey">What its keys are.</typeparam>
    /// <typeparam name="T">What its values are.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <param name="key">Reads a key, as a string.</param>
    /// <param name="value">Reads a value.</param>
    /// <returns>The members.</returns>
    /// <exception cref="JsonMismatchException">There is something else, there or in a name or a value, or two members have one key.</exception>
    public static ValueMap<TKey, T> Map<TKey, T>(ref Utf8JsonReader reader, JsonReader<TKey> key, JsonReader<T> value)
        where TKey : notnull =>
        Keyed(ref reader, key, value, isText: true);

    /// <summary>Reads an object whose members are named by keys that JSON writes as numbers.</summary>
    /// <typeparam name="TKey">What its keys are.</typeparam>
    /// <typeparam name="T">What its values are.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <param name="key">Reads a key, as a number.</param>
    /// <param name="value">Reads a value.</param>
    /// <returns>The members.</returns>
    /// <exception cref="JsonMismatchException">There is something else, there or in a name or a value, or two members have one key.</exception>
    public static ValueMap<TKey, T> NumberedMap<TKey, T>(ref Utf8JsonReader reader, JsonReader<TKey> key, JsonReader<T> value)
        where TKey : notnull =>
        Keyed(ref reader, key, value, isText: false);

    private static ValueMap<TKey, T> Keyed<TKey, T>(ref Utf8JsonReader reader, JsonReader<TKey> key, JsonReader<T> value, bool isText)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        StartObject(ref reader);
        var members = new Dictionary<TKey, T>();
        while (NextProperty(ref reader))
        {
            var name = reader.ValueSpan;
            reader.Read();
            // The place of the value is the place of the member.
            var offset = reader.TokenStartIndex;
            var parsed = Key(name, key, isText, offset);
            if (!members.TryAdd(parsed, value(ref reader)))
            {
                throw RepeatedKey(name, offset);
            }
        }

        return ValueMap<TKey, T>.Own(members);
    }

    private static JsonMismatchException RepeatedKey(ReadOnlySpan<byte> name, long offset) =>
        new("a key that the map does not have yet", $"the name \"{Shown(name)}\" again", offset);

    /// <summary>Reads a name as what it would be as a value: so keys need no readers of their own.</summary>
    private static TKey Key<TKey>(ReadOnlySpan<byte> name, JsonReader<TKey> key, bool isText, long offset)
    {
        var quotes = isText ? 1 : 0;
        var length = name.Length + (2 * quotes);
        var rented = length > LongestKeyOnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var json = rented is null ? stackalloc byte[LongestKeyOnStack] : rented;
        json[0] = json[length == 0 ? 0 : length - 1] = (byte)'"';
        name.CopyTo(json[quotes..]);
        string? expected = null;
        try
        {
            var reader = new Utf8JsonReader(json[..length]);
            reader.Read();
            var parsed = key(ref reader);
            if (reader.TokenStartIndex == 0 && reader.BytesConsumed == length)
            {
                return parsed;
            }
        }
        catch (JsonMismatchException mismatch)
        {
            expected = mismatch.Expected;
        }
        catch (JsonException)
        {
            // No number at all.
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }

        throw new JsonMismatchException(expected ?? "an integer", $"the name \"{Shown(name)}\"", offset);
    }
}
