using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>A notification or a request of a worker's, as views into its frame.</summary>
internal readonly ref struct IncomingMessage
{
    private IncomingMessage(ReadOnlySpan<byte> method, ReadOnlySpan<byte> id, ReadOnlySpan<byte> parameters, long? call)
    {
        Method = method;
        Id = id;
        Params = parameters;
        Call = call;
    }

    /// <summary>The method's name, unescaped.</summary>
    internal ReadOnlySpan<byte> Method { get; }

    /// <summary>The id under which an answer is expected, as JSON; empty for a notification.</summary>
    internal ReadOnlySpan<byte> Id { get; }

    /// <summary>The params as JSON; empty where there are none.</summary>
    internal ReadOnlySpan<byte> Params { get; }

    /// <summary>The call that it is about; null where it is about none.</summary>
    internal long? Call { get; }

    /// <summary>Reads the envelope of a frame and leaves its content unparsed.</summary>
    /// <param name="frame">The frame's body.</param>
    /// <param name="message">The message.</param>
    /// <returns>False where the frame holds something else: an answer, or nothing that can be understood.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> frame, out IncomingMessage message)
    {
        message = default;
        ReadOnlySpan<byte> method = default;
        ReadOnlySpan<byte> id = default;
        ReadOnlySpan<byte> parameters = default;
        long? call = null;
        var reader = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = Json.MaxDepth });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("method"u8))
                {
                    reader.Read();
                    method = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped ? reader.ValueSpan : default;
                }
                else if (reader.ValueTextEquals("id"u8))
                {
                    id = frame[Json.Value(ref reader)];
                }
                else if (reader.ValueTextEquals("params"u8))
                {
                    parameters = frame[Json.Value(ref reader)];
                }
                else if (reader.ValueTextEquals("call"u8))
                {
                    reader.Read();
                    call = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
                    reader.Skip();
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }

            if (reader.Read())
            {
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        message = new IncomingMessage(method, id, parameters, call);
        return !method.IsEmpty;
    }
}
