using System.Buffers;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>What goes beside arguments. Writers have no parameter for it: it is there for the thread while it writes.</summary>
internal sealed class OutgoingAttachments : IDisposable
{
    [ThreadStatic]
    private static OutgoingAttachments? s_current;

    private readonly List<ReadOnlyMemory<byte>> _items = [];
    private readonly List<byte[]> _rented = [];

    /// <summary>Where this thread's writers put attachments; null where only JSON is taken.</summary>
    internal static OutgoingAttachments? Current => s_current;

    /// <summary>The attachments in the order of their numbers.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Items => _items;

    /// <summary>Writes a value, and keeps what it puts aside.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="write">Writes it.</param>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    internal void Collect<T>(JsonWriter<T> write, Utf8JsonWriter writer, T value)
    {
        // User code may run here, an indexer of a list, and may make a call of its own.
        var outer = s_current;
        s_current = this;
        try
        {
            write(writer, value);
        }
        finally
        {
            s_current = outer;
        }
    }

    /// <summary>Puts bytes aside, which must not change until they have been sent, and writes what stands for them.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="bytes">The bytes.</param>
    internal void Add(Utf8JsonWriter writer, ReadOnlyMemory<byte> bytes)
    {
        writer.WriteStartObject();
        writer.WriteNumber("$attachment"u8, _items.Count);
        writer.WriteEndObject();
        _items.Add(bytes);
    }

    /// <summary>Memory to copy into, and then to <see cref="Add"/>.</summary>
    /// <param name="length">How much.</param>
    /// <returns>The memory, until this is disposed.</returns>
    internal Memory<byte> Rent(int length)
    {
        var rented = ArrayPool<byte>.Shared.Rent(length);
        _rented.Add(rented);
        return rented.AsMemory(0, length);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var rented in _rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        _rented.Clear();
        _items.Clear();
    }
}
