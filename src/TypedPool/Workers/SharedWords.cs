using System.IO.MemoryMappedFiles;

namespace TypedPool.Workers;

/// <summary>
/// Two words in memory that a worker and its host share. They outlive the worker. One is the worker's: the id of the call
/// that it started last, so that a call with a higher id has provably not been started. The other one is the host's: how
/// many cancellations it has sent, or is about to send. Each side writes its own word before it reads the other's, so that
/// a call is never both started by a worker that knows of no cancellation, and ended by a host that knows of no start.
/// </summary>
internal sealed class SharedWords : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private long _cancellations;
    private bool _isDisposed;

    private SharedWords(MemoryMappedFile file, int bytes, MemoryMappedFileAccess access)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, bytes, access);
    }

    /// <summary>The id of the call that was started last; 0 before the first.</summary>
    internal long Started => _view.ReadInt64(0);

    /// <summary>Opens a worker's words.</summary>
    /// <param name="path">Where they are, as the worker said in the handshake; null where it has none.</param>
    /// <param name="isWritten">Whether the host writes its own.</param>
    /// <returns>The words; null where they cannot be opened.</returns>
    internal static SharedWords? TryOpen(string? path, bool isWritten)
    {
        if (path is null)
        {
            return null;
        }

        var (file, map) = isWritten ? (FileAccess.ReadWrite, MemoryMappedFileAccess.ReadWrite) : (FileAccess.Read, MemoryMappedFileAccess.Read);
        var bytes = isWritten ? 2 * sizeof(long) : sizeof(long);
        try
        {
            var stream = new FileStream(path, FileMode.Open, file, FileShare.ReadWrite);
            return new SharedWords(MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, map, HandleInheritability.None, leaveOpen: false), bytes, map);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Tells the worker of one more cancellation, which must follow: it starts no call before it has read it.</summary>
    /// <returns>The id of the call that was started last at that moment: one with a higher id, and cancelled, will not be started.</returns>
    internal long CountCancellation()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return long.MaxValue;
            }

            _view.Write(sizeof(long), ++_cancellations);
            Interlocked.MemoryBarrier();
            return Started;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _view.Dispose();
            _file.Dispose();
        }
    }
}
