using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Arrays.</content>
public static partial class JsonRead
{
    /// <summary>Reads an array.</summary>
    /// <typeparam name="T">Its elements.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <returns>The array, with memory of its own.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or elements of another type.</exception>
    public static NdArray<T> NdArray<T>(ref Utf8JsonReader reader)
        where T : unmanaged
    {
        byte[]? data = null;
        int[]? shape = null;
        var hasType = false;
        StartObject(ref reader);
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("dtype"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(TypedPool.NdArray.DType<T>()))
                {
                    throw Unexpected(ref reader, $"\"{TypedPool.NdArray.DType<T>()}\"");
                }

                hasType = true;
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                reader.Read();
                shape = [.. List(ref reader, Length)];
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                data = OwnBytes(ref reader);
            }
            else
            {
                SkipProperty(ref reader);
            }
        }

        return !hasType ? throw Missing(ref reader, "dtype")
            : shape is null ? throw Missing(ref reader, "shape")
            : data is null ? throw Missing(ref reader, "data")
            : Over<T>(data, shape, reader.TokenStartIndex);
    }

    /// <summary>Reads an array of a certain shape.</summary>
    /// <typeparam name="T">Its elements.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <param name="shape">The lengths that its dimensions must have; -1 for any.</param>
    /// <returns>The array, with memory of its own.</returns>
    /// <exception cref="JsonMismatchException">There is something else, elements of another type, or another shape.</exception>
    public static NdArray<T> NdArray<T>(ref Utf8JsonReader reader, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var start = reader.TokenStartIndex;
        var array = NdArray<T>(ref reader);
        return NdArrayShape.Fits(shape, array.Shape)
            ? array
            : throw new JsonMismatchException(
                $"an array of the shape {NdArrayShape.Show(shape)}", $"one of the shape {NdArrayShape.Show(array.Shape)}", start);
    }

    private static NdArray<T> Over<T>(byte[] data, int[] shape, long offset)
        where T : unmanaged
    {
        if (NdArrayShape.Bytes<T>(shape) != data.Length)
        {
            throw new JsonMismatchException($"the bytes of an array of the shape {NdArrayShape.Show(shape)}", $"{data.Length} bytes", offset);
        }

        if (typeof(T) == typeof(bool) && data.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw new JsonMismatchException("bytes that are 0 or 1", "others", offset);
        }

        LittleEndian.Convert<T>(data);
        return typeof(T) == typeof(byte)
            ? (NdArray<T>)(object)new NdArray<byte>(data, shape)
            : new NdArray<T>(new CastMemory<byte, T>(data).Memory, shape);
    }

    private static int Length(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var length) && length >= 0
            ? length
            : throw Unexpected(ref reader, "the length of a dimension");
}
