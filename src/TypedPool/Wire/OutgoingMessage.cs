using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>Frames that are no call: notifications, and answers to what a worker has asked.</summary>
internal static class OutgoingMessage
{
    private const int SmallBytes = 256;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A notification.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="call">The call that it is about, or null.</param>
    /// <param name="writeParams">Writes the params: one JSON value.</param>
    /// <returns>The frame.</returns>
    internal static ReadOnlyMemory<byte> Notification(string method, long? call, Action<Utf8JsonWriter> writeParams) => Frame(writer =>
    {
        writer.WriteString("method"u8, method);
        if (call is { } id)
        {
            writer.WriteNumber("call"u8, id);
        }

        writer.WritePropertyName("params"u8);
        writeParams(writer);
    });

    /// <summary>An answer.</summary>
    /// <param name="id">The id of the request, as JSON.</param>
    /// <param name="writeResult">Writes the result: one JSON value.</param>
    /// <returns>The frame.</returns>
    internal static ReadOnlyMemory<byte> Result(ReadOnlyMemory<byte> id, Action<Utf8JsonWriter> writeResult) => Frame(writer =>
    {
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(id.Span);
        writer.WritePropertyName("result"u8);
        writeResult(writer);
    });

    /// <summary>An answer that is an error.</summary>
    /// <param name="id">The id of the request, as JSON.</param>
    /// <param name="code">The error's code.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="writeData">Writes the error's data, one JSON value; null where it has none.</param>
    /// <returns>The frame.</returns>
    internal static ReadOnlyMemory<byte> Error(ReadOnlyMemory<byte> id, int code, string message, Action<Utf8JsonWriter>? writeData = null) => Frame(writer =>
    {
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(id.Span);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, code);
        writer.WriteString("message"u8, message);
        if (writeData is not null)
        {
            writer.WritePropertyName("data"u8);
            writeData(writer);
        }

        writer.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Frame(Action<Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>(SmallBytes);
        bytes.Advance(ReceiveBuffer.HeaderBytes);
        using var writer = new Utf8JsonWriter(bytes, Options);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writeMembers(writer);
        writer.WriteEndObject();
        writer.Flush();
        var frame = new byte[bytes.WrittenCount];
        bytes.WrittenSpan.CopyTo(frame);
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - ReceiveBuffer.HeaderBytes);
        return frame;
    }
}
