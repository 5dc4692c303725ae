using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Bytes.</content>
public static partial class JsonWrite
{
    /// <summary>Writes bytes: as an attachment where the worker takes one, else as base64.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The bytes. They are not copied where there are many, and must not change until the call has ended.</param>
    public static void Bytes(Utf8JsonWriter writer, ReadOnlyMemory<byte> value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (OutgoingAttachments.Current is { } attachments)
        {
            attachments.Add(writer, value);
        }
        else
        {
            writer.WriteBase64StringValue(value.Span);
        }
    }

    /// <summary>Writes bytes: as an attachment where the worker takes one, else as base64.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The bytes. They are not copied where there are many, and must not change until the call has ended.</param>
    /// <exception cref="JsonMismatchException">They are null.</exception>
    public static void Bytes(Utf8JsonWriter writer, byte[] value)
    {
        Required(value, "bytes");
        Bytes(writer, new ReadOnlyMemory<byte>(value));
    }

    /// <summary>Writes bytes: as an attachment where the worker takes one, else as base64.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The bytes. They are not copied where there are many, and must not change until the call has ended.</param>
    public static void Bytes(Utf8JsonWriter writer, ValueBytes value) => Bytes(writer, value.Memory);
}
