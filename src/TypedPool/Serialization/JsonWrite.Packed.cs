using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Lists of numbers, which are attachments where they are long.</content>
public static partial class JsonWrite
{
    /// <summary>From how many numbers on a list is packed. Both sides read both forms at every length.</summary>
    internal const int ShortestPacked = 64;

    /// <summary>Writes a list of numbers: as an attachment where the worker takes one and it pays, else as an array.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The numbers. An array is not copied where it is long, and must not change until the call has ended.</param>
    /// <exception cref="JsonMismatchException">It is null.</exception>
    public static void Doubles(Utf8JsonWriter writer, IReadOnlyList<double> value)
    {
        if (!TryPack(writer, value))
        {
            List(writer, value, static (items, item) => Double(items, item));
        }
    }

    /// <summary>Writes a list of integers: as an attachment where the worker takes one and it pays, else as an array.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integers. An array is not copied where it is long, and must not change until the call has ended.</param>
    /// <exception cref="JsonMismatchException">It is null.</exception>
    public static void Int64s(Utf8JsonWriter writer, IReadOnlyList<long> value)
    {
        if (!TryPack(writer, value))
        {
            List(writer, value, static (items, item) => Int64(items, item));
        }
    }

    private static bool TryPack<T>(Utf8JsonWriter writer, IReadOnlyList<T> value)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (OutgoingAttachments.Current is not { } attachments
            || value is not { Count: >= ShortestPacked and var count }
            || count > Array.MaxLength / Unsafe.SizeOf<T>())
        {
            return false;
        }

        if (value is T[] array && BitConverter.IsLittleEndian)
        {
            attachments.Add(writer, new CastMemory<T, byte>(array).Memory);
            return true;
        }

        var bytes = attachments.Rent(count * Unsafe.SizeOf<T>());
        CopyTo(value, MemoryMarshal.Cast<byte, T>(bytes.Span));
        LittleEndian.Convert<T>(bytes.Span);
        attachments.Add(writer, bytes);
        return true;
    }

    private static void CopyTo<T>(IReadOnlyList<T> values, Span<T> target)
    {
        switch (values)
        {
            case T[] array:
                array.CopyTo(target);
                break;
            case List<T> list:
                CollectionsMarshal.AsSpan(list).CopyTo(target);
                break;
            case ValueList<T> list:
                list.AsSpan().CopyTo(target);
                break;
            default:
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = values[i];
                }

                break;
        }
    }
}
