namespace TypedPool.Wire;

/// <summary>
/// How the attachments of a request are written: small ones from the request's own buffer, so that one write takes them along, large ones
/// from where they are.
/// </summary>
internal sealed class AttachmentPieces
{
    /// <summary>The largest attachment that is copied rather than written by itself.</summary>
    private const int LargestCopied = 32 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _rest = [];
    private IDisposable? _owner;

    /// <summary>The attachments.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Items { get; private set; } = [];

    /// <summary>How many attachments there are.</summary>
    internal int Count => Items.Count;

    /// <summary>How large they are together.</summary>
    internal long TotalBytes { get; private set; }

    /// <summary>How much of them <see cref="Arrange(byte[], int)"/> copies.</summary>
    internal int CopiedBytes { get; private set; }

    /// <summary>What is written after the first piece.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Rest => _rest;

    /// <summary>Takes over attachments.</summary>
    /// <param name="items">The attachments in the order of their numbers.</param>
    /// <param name="owner">Disposed when their memory is no longer needed.</param>
    internal void Hold(IReadOnlyList<ReadOnlyMemory<byte>> items, IDisposable owner)
    {
        _owner = owner;
        Items = items;
        foreach (var item in items)
        {
            TotalBytes += item.Length;
            CopiedBytes += item.Length <= LargestCopied ? item.Length : 0;
        }
    }

    /// <summary>Lets go of them.</summary>
    internal void Release()
    {
        _owner?.Dispose();
        _owner = null;
        Items = [];
        TotalBytes = CopiedBytes = 0;
        _rest.Clear();
    }

    /// <summary>Nothing is written after the frame: the attachments are in shared memory.</summary>
    internal void Arrange() => _rest.Clear();

    /// <summary>Copies the small attachments behind a frame, and lists what is to be written after it.</summary>
    /// <param name="buffer">The buffer with the frame, and room for what is copied.</param>
    /// <param name="end">The frame's end.</param>
    /// <returns>The end of the first piece: the frame and what follows it without a gap.</returns>
    internal int Arrange(byte[] buffer, int end)
    {
        _rest.Clear();
        var (first, start) = (-1, 0);
        foreach (var item in Items)
        {
            if (item.Length <= LargestCopied)
            {
                item.CopyTo(buffer.AsMemory(end));
                end += item.Length;
                continue;
            }

            Flush();
            _rest.Add(item);
            start = end;
        }

        Flush();
        return first;

        void Flush()
        {
            if (first < 0)
            {
                first = end;
            }
            else if (end > start)
            {
                _rest.Add(buffer.AsMemory(start, end - start));
            }
        }
    }
}
