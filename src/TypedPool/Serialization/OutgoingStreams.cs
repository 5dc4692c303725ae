using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>The streams among arguments. Writers have no parameter for them: they are there for the thread while it writes.</summary>
internal sealed class OutgoingStreams
{
    [ThreadStatic]
    private static OutgoingStreams? s_current;

    private readonly List<OutgoingStream> _items = [];

    /// <summary>Where this thread's writers put streams; null where none are sent.</summary>
    internal static OutgoingStreams? Current => s_current;

    /// <summary>The streams in the order of their numbers.</summary>
    internal IReadOnlyList<OutgoingStream> Items => _items;

    /// <summary>Writes arguments, and keeps the streams among them.</summary>
    /// <param name="write">Writes them.</param>
    internal void Collect(Action write)
    {
        // User code may run here, an indexer of a list, and may make a call of its own.
        var outer = s_current;
        s_current = this;
        _items.Clear();
        try
        {
            write();
        }
        finally
        {
            s_current = outer;
        }
    }

    /// <summary>Keeps a stream, and writes what stands for it.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="stream">The stream.</param>
    internal void Add(Utf8JsonWriter writer, OutgoingStream stream)
    {
        writer.WriteStartObject();
        writer.WriteNumber("$stream"u8, _items.Count);
        writer.WriteEndObject();
        _items.Add(stream);
    }
}
