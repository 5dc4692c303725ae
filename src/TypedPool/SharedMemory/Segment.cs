using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace TypedPool.SharedMemory;

/// <summary>A piece of memory that workers can open. It has one user at a time, and is not thread-safe.</summary>
internal sealed class Segment
{
    private const int Alignment = 64;

    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file;
    private readonly MemoryMappedFile _mapped;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>A new one.</summary>
    /// <param name="number">A number that no other one of this process has: a descriptor's is used again.</param>
    /// <param name="capacity">How large it is. It occupies what is written to.</param>
    /// <exception cref="IOException">There is none.</exception>
    internal Segment(long number, long capacity)
    {
        Capacity = capacity;
        _file = MemoryFile.Create("typedpool", capacity);
        try
        {
            _mapped = MemoryMappedFile.CreateFromFile(_file, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _mapped.CreateViewAccessor(0, capacity);
        }
        catch
        {
            _mapped?.Dispose();
            _file.Dispose();
            throw;
        }

        Name = string.Create(CultureInfo.InvariantCulture, $"{_file.DangerousGetHandle()}.{number}");
    }

    /// <summary>What it is called in messages: the number of the descriptor, and its own.</summary>
    internal string Name { get; }

    /// <summary>How large it is.</summary>
    internal long Capacity { get; }

    /// <summary>How much of it has been written to, as far as is known: what it occupies.</summary>
    internal long Occupied { get; set; }

    /// <summary>When it was used last, as a timestamp.</summary>
    internal long UsedLast { get; set; }

    /// <summary>How many bytes attachments take in a segment.</summary>
    /// <param name="attachments">The attachments.</param>
    /// <returns>The bytes, with the gaps.</returns>
    internal static long BytesOf(IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        var end = 0L;
        foreach (var attachment in attachments)
        {
            end = Aligned(end) + attachment.Length;
        }

        return end;
    }

    /// <summary>Writes attachments, one after the other, each at the next multiple of 64 bytes.</summary>
    /// <param name="attachments">The attachments; there is room for them.</param>
    internal void Write(IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        var start = 0L;
        foreach (var attachment in attachments)
        {
            Copy(attachment.Span, start);
            start = Aligned(start + attachment.Length);
        }
    }

    /// <summary>Copies attachments that stand as <see cref="Write"/> puts them.</summary>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="bytes">How many bytes they take in the segment.</param>
    /// <returns>The copies; null where the segment is smaller.</returns>
    internal byte[][]? Read(IReadOnlyList<int> sizes, out long bytes)
    {
        bytes = 0;
        foreach (var size in sizes)
        {
            bytes = Aligned(bytes) + size;
        }

        if (bytes > Capacity)
        {
            return null;
        }

        var attachments = new byte[sizes.Count][];
        var start = 0L;
        for (var i = 0; i < attachments.Length; i++)
        {
            attachments[i] = sizes[i] == 0 ? [] : GC.AllocateUninitializedArray<byte>(sizes[i]);
            Copy(start, attachments[i]);
            start = Aligned(start + sizes[i]);
        }

        return attachments;
    }

    /// <summary>Lets go of it, and of its memory, whoever has it open.</summary>
    internal void Free() => Close(kept: 0);

    /// <summary>Lets go of it: the beginning belongs to the worker from now on, and is gone with the last one who uses it.</summary>
    /// <param name="kept">How many bytes.</param>
    internal void Leave(long kept) => Close(kept);

    /// <summary>Lets go of it, while a worker that is about to end may use it.</summary>
    internal void Abandon() => Close(Capacity);

    private static long Aligned(long offset) => (offset + Alignment - 1) & -Alignment;

    private void Close(long kept)
    {
        var page = Environment.SystemPageSize;
        var start = (kept + page - 1) / page * page;
        MemoryFile.Clear(_file, start, Capacity - start);
        _view.Dispose();
        _mapped.Dispose();
        _file.Dispose();
    }

    private unsafe void Copy(ReadOnlySpan<byte> from, long to)
    {
        byte* memory = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref memory);
        try
        {
            from.CopyTo(new Span<byte>(memory + to, from.Length));
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private unsafe void Copy(long from, Span<byte> to)
    {
        byte* memory = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref memory);
        try
        {
            new ReadOnlySpan<byte>(memory + from, to.Length).CopyTo(to);
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}
