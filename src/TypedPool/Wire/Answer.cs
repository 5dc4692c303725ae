using System.Buffers.Text;
using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>A JSON-RPC answer, as views into its frame.</summary>
internal readonly ref struct Answer
{
    private Answer(long id, ReadOnlySpan<byte> result, ReadOnlySpan<byte> error)
    {
        Id = id;
        Result = result;
        Error = error;
    }

    /// <summary>The id of the request.</summary>
    internal long Id { get; }

    /// <summary>The result as JSON; empty where there is an error.</summary>
    internal ReadOnlySpan<byte> Result { get; }

    /// <summary>The error as a JSON object; empty where there is a result.</summary>
    internal ReadOnlySpan<byte> Error { get; }

    /// <summary>Reads the envelope of a frame and leaves its content unparsed.</summary>
    /// <param name="frame">The frame's body.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ProtocolException">The frame holds no answer.</exception>
    internal static Answer Parse(ReadOnlySpan<byte> frame) => TryParseOwn(frame, out var answer) ? answer : ParseAny(frame);

    /// <summary>Our own worker writes a result in one form, known by its first bytes.</summary>
    /// <param name="frame">The frame's body.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>False where the frame is of another form.</returns>
    internal static bool TryParseOwn(ReadOnlySpan<byte> frame, out Answer answer)
    {
        answer = default;
        var beforeId = "{\"jsonrpc\":\"2.0\",\"id\":"u8;
        var afterId = ",\"result\":"u8;
        if (!frame.StartsWith(beforeId) || frame[^1] != (byte)'}'
            || !Utf8Parser.TryParse(frame[beforeId.Length..], out long id, out var digits))
        {
            return false;
        }

        var rest = frame[(beforeId.Length + digits)..];
        if (!rest.StartsWith(afterId))
        {
            return false;
        }

        answer = new Answer(id, rest[afterId.Length..^1], default);
        return true;
    }

    private static Answer ParseAny(ReadOnlySpan<byte> frame)
    {
        long? id = null;
        ReadOnlySpan<byte> result = default;
        ReadOnlySpan<byte> error = default;
        try
        {
            var reader = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = Json.MaxDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw NoAnswer("it is no object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    id = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
                    reader.Skip();
                }
                else if (reader.ValueTextEquals("result"u8))
                {
                    result = frame[Json.Value(ref reader)];
                }
                else if (reader.ValueTextEquals("error"u8))
                {
                    error = frame[Json.Value(ref reader)];
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }

            if (reader.Read())
            {
                throw NoAnswer("something stands after it");
            }
        }
        catch (JsonException exception)
        {
            throw new ProtocolException($"The worker sent a message that is not JSON: {exception.Message}", exception);
        }

        return id is null ? throw (error.IsEmpty ? NoAnswer("it has no id of ours") : NoAnswer("it is an error without an id", Json.Shown(error)))
            : result.IsEmpty == error.IsEmpty ? throw NoAnswer("it must have a result or an error")
            : new Answer(id.Value, result, error);
    }

    private static ProtocolException NoAnswer(string why, string? received = null) =>
        new($"The worker sent a message that answers nothing: {why}", received: received);
}
