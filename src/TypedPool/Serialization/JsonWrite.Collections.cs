using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Sets, tuples, and maps whose keys are not just strings.</content>
public static partial class JsonWrite
{
    /// <summary>Writes a set as an array.</summary>
    /// <typeparam name="T">What its items are.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The items. Where the set takes others for equal than they themselves do, Python may find one twice, and refuse it.</param>
    /// <param name="item">Writes an item.</param>
    /// <exception cref="JsonMismatchException">It is null, or an item cannot travel.</exception>
    public static void Set<T>(Utf8JsonWriter writer, IReadOnlySet<T> value, JsonWriter<T> item)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(item);
        RequirePresent(value, "an array");
        writer.WriteStartArray();
        if (value is ValueSet<T> set)
        {
            // Its own enumerator is no object.
            foreach (var each in set)
            {
                item(writer, each);
            }
        }
        else
        {
            foreach (var each in value)
            {
                item(writer, each);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a tuple as an array.</summary>
    /// <typeparam name="T">The tuple.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The items.</param>
    /// <param name="items">Writes them one after the other.</param>
    /// <exception cref="JsonMismatchException">An item cannot travel.</exception>
    public static void Tuple<T>(Utf8JsonWriter writer, T value, JsonWriter<T> items)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(items);
        writer.WriteStartArray();
        items(writer, value);
        writer.WriteEndArray();
    }

    /// <summary>Writes an array without items.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The tuple without items.</param>
    public static void EmptyTuple(Utf8JsonWriter writer, ValueTuple value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        writer.WriteEndArray();
    }

    /// <summary>Writes an object whose members are named by the JSON text of their keys, without quotes.</summary>
    /// <typeparam name="TKey">What its keys are.</typeparam>
    /// <typeparam name="T">What its values are.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The members.</param>
    /// <param name="key">Writes a key, as a string or a number.</param>
    /// <param name="item">Writes a member's value.</param>
    /// <exception cref="JsonMismatchException">It is null, or a key or a value cannot travel.</exception>
    public static void Map<TKey, T>(Utf8JsonWriter writer, IReadOnlyDictionary<TKey, T> value, JsonWriter<TKey> key, JsonWriter<T> item)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(item);
        RequirePresent(value, "an object");
        writer.WriteStartObject();
        foreach (var (name, member) in value)
        {
            KeyWriter.Write(writer, name, key);
            item(writer, member);
        }

        writer.WriteEndObject();
    }
}
