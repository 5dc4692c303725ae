using System.Buffers.Text;
using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>A JSON-RPC answer, as views into its frame.</summary>
internal readonly ref struct Answer
{
    private Answer(long id, ReadOnlySpan<byte> result, ReadOnlySpan<byte> error, byte[][]? attachments, AttachmentsInMemory? inMemory)
    {
        Id = id;
        InMemory = inMemory;
        Attachments = attachments;
        Result = result;
        Error = error;
    }

    /// <summary>The id of the request.</summary>
    internal long Id { get; }

    /// <summary>The result as JSON; empty where there is an error.</summary>
    internal ReadOnlySpan<byte> Result { get; }

    /// <summary>The error as a JSON object; empty where there is a result.</summary>
    internal ReadOnlySpan<byte> Error { get; }

    /// <summary>What the answer brought beside it, or null.</summary>
    internal byte[][]? Attachments { get; }

    /// <summary>Where that is instead, or null.</summary>
    internal AttachmentsInMemory? InMemory { get; }

    /// <summary>Whether memory in which the request's attachments were is in use for good.</summary>
    internal bool IsMemoryKept { get; private init; }

    /// <summary>Reads the envelope of a frame and leaves its content unparsed.</summary>
    /// <param name="frame">The frame's body.</param>
    /// <param name="attachments">What followed the frame, if it announced anything.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ProtocolException">The frame holds no answer.</exception>
    internal static Answer Parse(ReadOnlySpan<byte> frame, byte[][]? attachments = null) =>
        TryParseOwn(frame, attachments, out var answer) ? answer : ParseAny(frame, attachments);

    /// <summary>Our own worker writes a result in one form, known by its first bytes.</summary>
    /// <param name="frame">The frame's body.</param>
    /// <param name="attachments">What followed the frame, if it announced anything.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>False where the frame is of another form.</returns>
    internal static bool TryParseOwn(ReadOnlySpan<byte> frame, byte[][]? attachments, out Answer answer)
    {
        answer = default;
        var isInMemory = Announcement.IsInMemory(frame);
        var members = attachments is not null || isInMemory ? Announcement.MembersAfter(frame)
            : frame.StartsWith("{"u8) ? frame[1..]
            : default;
        var beforeId = "\"jsonrpc\":\"2.0\",\"id\":"u8;
        var afterId = ",\"result\":"u8;
        if (!members.StartsWith(beforeId) || members[^1] != (byte)'}'
            || !Utf8Parser.TryParse(members[beforeId.Length..], out long id, out var digits))
        {
            return false;
        }

        var rest = members[(beforeId.Length + digits)..];
        if (!rest.StartsWith(afterId))
        {
            return false;
        }

        answer = new Answer(id, rest[afterId.Length..^1], default, attachments, isInMemory ? Announcement.InMemory(frame) : null);
        return true;
    }

    private static Answer ParseAny(ReadOnlySpan<byte> frame, byte[][]? attachments)
    {
        var inMemory = Announcement.IsInMemory(frame) ? Announcement.InMemory(frame) : null;
        var isMemoryKept = false;
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
                else if (reader.ValueTextEquals("kept"u8))
                {
                    reader.Read();
                    isMemoryKept = reader.TokenType == JsonTokenType.True;
                    reader.Skip();
                }
                else if (attachments is null && inMemory is null && reader.ValueTextEquals(Announcement.Member))
                {
                    throw NoAnswer("attachments have not been agreed, or are not announced as they should be");
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
            : new Answer(id.Value, result, error, attachments, inMemory) { IsMemoryKept = isMemoryKept };
    }

    private static ProtocolException NoAnswer(string why, string? received = null) =>
        new($"The worker sent a message that answers nothing: {why}", received: received);
}
