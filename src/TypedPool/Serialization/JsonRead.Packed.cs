using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Lists of numbers, which are attachments where they are long.</content>
public static partial class JsonRead
{
    /// <summary>Reads a list of numbers: an attachment, or an array.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The numbers in order.</returns>
    /// <exception cref="JsonMismatchException">There is something else.</exception>
    public static ValueList<double> Doubles(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? Packed<double>(ref reader) : List<double>(ref reader, Double);

    /// <summary>Reads a list of integers of 64 bits: an attachment, or an array.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integers in order.</returns>
    /// <exception cref="JsonMismatchException">There is something else.</exception>
    public static ValueList<long> Int64s(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? Packed<long>(ref reader) : List<long>(ref reader, Int64);

    private static ValueList<T> Packed<T>(ref Utf8JsonReader reader)
        where T : unmanaged
    {
        var start = reader.TokenStartIndex;
        var bytes = Attachment(ref reader, "an array");
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
        {
            throw new JsonMismatchException($"numbers of {Unsafe.SizeOf<T>()} bytes", $"an attachment of {bytes.Length} bytes", start);
        }

        LittleEndian.Convert<T>(bytes);
        var items = new List<T>();
        CollectionsMarshal.SetCount(items, bytes.Length / Unsafe.SizeOf<T>());
        MemoryMarshal.Cast<byte, T>(bytes).CopyTo(CollectionsMarshal.AsSpan(items));
        return ValueList<T>.Own(items);
    }
}
