using System.Runtime.InteropServices;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Arrays.</content>
public static partial class JsonWrite
{
    /// <summary>Writes an array.</summary>
    /// <typeparam name="T">Its elements.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The array. It is not copied where it is large, and must not change until the call has ended.</param>
    /// <exception cref="JsonMismatchException">It is null.</exception>
    public static void NdArray<T>(Utf8JsonWriter writer, NdArray<T> value)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(writer);
        Required(value, "an array");
        writer.WriteStartObject();
        writer.WriteString("dtype"u8, TypedPool.NdArray.DType<T>());
        writer.WriteStartArray("shape"u8);
        foreach (var length in value.Shape)
        {
            writer.WriteNumberValue(length);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("data"u8);
        Bytes(writer, Row(value.Memory));
        writer.WriteEndObject();
    }

    /// <summary>Writes an array of a certain shape.</summary>
    /// <typeparam name="T">Its elements.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The array. It is not copied where it is large, and must not change until the call has ended.</param>
    /// <param name="shape">The lengths that its dimensions must have; -1 for any.</param>
    /// <exception cref="JsonMismatchException">It is null, or has another shape.</exception>
    public static void NdArray<T>(Utf8JsonWriter writer, NdArray<T> value, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        Required(value, "an array");
        if (!NdArrayShape.Fits(shape, value.Shape))
        {
            throw new JsonMismatchException($"an array of the shape {NdArrayShape.Show(shape)}", $"one of the shape {NdArrayShape.Show(value.Shape)}");
        }

        NdArray(writer, value);
    }

    private static ReadOnlyMemory<byte> Row<T>(Memory<T> elements)
        where T : unmanaged
    {
        if (BitConverter.IsLittleEndian)
        {
            return new CastMemory<T, byte>(elements).Memory;
        }

        var row = MemoryMarshal.AsBytes(elements.Span).ToArray();
        LittleEndian.Convert<T>(row);
        return row;
    }
}
