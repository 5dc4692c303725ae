using System.Globalization;
using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>
/// Finds where in a JSON text a byte stands (RFC 6901). Readers and writers keep no path: only when one of them fails is the text scanned
/// again, up to the failure.
/// </summary>
internal static class JsonPointer
{
    /// <summary>The place of the value at an offset; of the next value to be written where the text ends there.</summary>
    /// <param name="json">The text; it may be cut off.</param>
    /// <param name="offset">The offset of a token, or the text's length.</param>
    /// <returns>A JSON pointer; empty for the whole.</returns>
    internal static string At(ReadOnlySpan<byte> json, long offset)
    {
        var levels = new Stack<Level>();
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = Json.MaxDepth }));
        try
        {
            while (reader.Read())
            {
                var atEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
                if (atEnd)
                {
                    levels.Pop();
                }
                else if (reader.TokenType != JsonTokenType.PropertyName && levels.TryPeek(out var array) && array.IsArray)
                {
                    array.Index++;
                }

                if (reader.TokenStartIndex >= offset)
                {
                    return Join(levels);
                }

                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        levels.Peek().Name = reader.GetString();
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        levels.Push(new Level(reader.TokenType == JsonTokenType.StartArray));
                        break;
                    default:
                        EndMember(levels);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Join(levels);
        }

        // A number at the very end is not read, as more digits could follow: it is one more item before the next.
        var isBehindNumber = reader.BytesConsumed < json.Length;
        if (levels.TryPeek(out var open) && open.IsArray)
        {
            open.Index += isBehindNumber ? 2 : 1;
        }
        else if (isBehindNumber)
        {
            EndMember(levels);
        }

        return Join(levels);
    }

    /// <summary>Behind a member's value its name is no longer where the text stands.</summary>
    private static void EndMember(Stack<Level> levels)
    {
        if (levels.TryPeek(out var level))
        {
            level.Name = null;
        }
    }

    private static string Join(Stack<Level> levels) =>
        string.Concat(levels.Reverse().Where(level => level.IsArray || level.Name is not null).Select(level => "/" + level.Step));

    private sealed class Level(bool isArray)
    {
        internal bool IsArray { get; } = isArray;

        internal int Index { get; set; } = -1;

        internal string? Name { get; set; }

        internal string Step => IsArray
            ? Index.ToString(CultureInfo.InvariantCulture)
            : (Name ?? "").Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
