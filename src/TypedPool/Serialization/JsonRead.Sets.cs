using System.Globalization;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Sets.</content>
public static partial class JsonRead
{
    /// <summary>Reads an array in which no item stands twice.</summary>
    /// <typeparam name="T">What its items are.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <param name="item">Reads an item.</param>
    /// <returns>The items.</returns>
    /// <exception cref="JsonMismatchException">There is something else, there or in an item, or an item twice.</exception>
    public static ValueSet<T> Set<T>(ref Utf8JsonReader reader, JsonReader<T> item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref reader, "an array");
        }

        var items = new HashSet<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var offset = reader.TokenStartIndex;
            var value = item(ref reader);
            if (!items.Add(value))
            {
                throw new JsonMismatchException("an item that the set does not have yet", $"{Shown(value)} again", offset);
            }
        }

        return ValueSet<T>.Own(items);
    }

    private static string Shown<T>(T value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }
}
