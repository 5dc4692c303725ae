using System.Globalization;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Tuples: arrays of a fixed length. The items are read one after the other, as a tuple's expression has them.</content>
public static partial class JsonRead
{
    /// <summary>Reads the begin of an array and its first item.</summary>
    /// <typeparam name="T">What the item is.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <param name="length">How many items there are.</param>
    /// <param name="item">Reads the item.</param>
    /// <returns>The item.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or an array without items.</exception>
    public static T FirstItem<T>(ref Utf8JsonReader reader, int length, JsonReader<T> item)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref reader, ArrayOf(length));
        }

        return NextItem(ref reader, length, item);
    }

    /// <summary>Reads another item.</summary>
    /// <typeparam name="T">What the item is.</typeparam>
    /// <param name="reader">Where to read: on the end of the item before.</param>
    /// <param name="length">How many items there are.</param>
    /// <param name="item">Reads the item.</param>
    /// <returns>The item.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or no further item.</exception>
    public static T NextItem<T>(ref Utf8JsonReader reader, int length, JsonReader<T> item)
    {
        ArgumentNullException.ThrowIfNull(item);
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray ? throw Unexpected(ref reader, ArrayOf(length)) : item(ref reader);
    }

    /// <summary>Reads the end of an array.</summary>
    /// <typeparam name="T">The tuple.</typeparam>
    /// <param name="reader">Where to read: on the end of the last item.</param>
    /// <param name="tuple">The items that were read.</param>
    /// <param name="length">How many there are.</param>
    /// <returns>The tuple.</returns>
    /// <exception cref="JsonMismatchException">There are further items.</exception>
    public static T EndTuple<T>(ref Utf8JsonReader reader, T tuple, int length)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray ? tuple : throw Unexpected(ref reader, "the end of " + ArrayOf(length));
    }

    /// <summary>Reads an array without items.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The tuple without items.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or an item.</exception>
    public static ValueTuple EmptyTuple(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref reader, ArrayOf(0));
        }

        return EndTuple(ref reader, default(ValueTuple), 0);
    }

    private static string ArrayOf(int length) =>
        string.Create(CultureInfo.InvariantCulture, $"an array of {length} item{(length == 1 ? "" : "s")}");
}
