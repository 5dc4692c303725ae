using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Bytes, and what stands for an attachment.</content>
public static partial class JsonRead
{
    /// <summary>Reads bytes: an attachment, or base64.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The bytes, with memory of their own.</returns>
    /// <exception cref="JsonMismatchException">There is something else.</exception>
    public static ValueBytes Bytes(ref Utf8JsonReader reader) => OwnBytes(ref reader);

    private static byte[] OwnBytes(ref Utf8JsonReader reader)
    {
        const string Expected = "base64 in a string";
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return Attachment(ref reader, Expected);
        }

        return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw Unexpected(ref reader, Expected);
    }

    /// <summary>Takes the attachment that an object stands for.</summary>
    private static byte[] Attachment(ref Utf8JsonReader reader, string expected)
    {
        var start = reader;
        if (IncomingAttachments.Current is not { } arrived
            || !NextProperty(ref reader)
            || !reader.ValueTextEquals("$attachment"u8))
        {
            throw Unexpected(ref start, expected);
        }

        reader.Read();
        var index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number
            : throw Unexpected(ref reader, "the number of an attachment");
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? arrived.Take(index) : throw Unexpected(ref start, expected);
    }
}
