using System.IO.MemoryMappedFiles;

namespace TypedPool.Workers;

/// <summary>
/// The id of the call that a worker started last, in memory that both share. It outlives the worker: a call with a
/// higher id has provably not been started.
/// </summary>
internal sealed class StartedCounter : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private StartedCounter(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, sizeof(long), MemoryMappedFileAccess.Read);
    }

    /// <summary>The id of the call that was started last; 0 before the first.</summary>
    internal long Last => _view.ReadInt64(0);

    /// <summary>Opens a worker's counter.</summary>
    /// <param name="path">Where it is, as the worker said in the handshake; null where it has none.</param>
    /// <returns>The counter; null where it cannot be opened.</returns>
    internal static StartedCounter? TryOpen(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return new StartedCounter(MemoryMappedFile.CreateFromFile(
                stream, mapName: null, sizeof(long), MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
