namespace TypedPool.Wire;

/// <summary>The attachments of one message while they come in, each into memory of its own.</summary>
/// <param name="attachments">Where they go: arrays of their sizes.</param>
internal sealed class Arrival(byte[][] attachments)
{
    private int _index;
    private int _filled;

    /// <summary>The attachments.</summary>
    internal byte[][] Attachments => attachments;

    /// <summary>Whether all have come.</summary>
    internal bool IsComplete
    {
        get
        {
            SkipFull();
            return _index == attachments.Length;
        }
    }

    /// <summary>What is missing of the one that is coming in; empty where all have come.</summary>
    internal Memory<byte> Missing => IsComplete ? default : attachments[_index].AsMemory(_filled);

    /// <summary>Counts bytes in that were written to <see cref="Missing"/>.</summary>
    /// <param name="count">How many.</param>
    internal void Received(int count) => _filled += count;

    /// <summary>Copies bytes that came elsewhere.</summary>
    /// <param name="bytes">What came: the attachments' rest, and perhaps more.</param>
    /// <returns>How many belonged to the attachments.</returns>
    internal int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (taken < bytes.Length && !IsComplete)
        {
            var missing = Missing.Span;
            var count = Math.Min(missing.Length, bytes.Length - taken);
            bytes.Slice(taken, count).CopyTo(missing);
            Received(count);
            taken += count;
        }

        return taken;
    }

    private void SkipFull()
    {
        while (_index < attachments.Length && _filled == attachments[_index].Length)
        {
            _index++;
            _filled = 0;
        }
    }
}
