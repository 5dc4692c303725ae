using System.IO.Pipes;

namespace TypedPool.Workers.Processes;

/// <summary>
/// A pipe that the host holds open and never writes to. Workers open its reading end and have the kernel kill their
/// process groups when the writing end is gone: with the host, however it ends. Linux only.
/// </summary>
internal sealed class Lifeline : IDisposable
{
    private readonly AnonymousPipeServerStream? _pipe;

    internal Lifeline()
    {
        if (OperatingSystem.IsLinux())
        {
            // Not inheritable: a worker that held the writing end would keep itself alive.
            _pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
            Path = Descriptors.PathOf(_pipe.ClientSafePipeHandle);
        }
    }

    /// <summary>Where a worker opens the reading end; null where there is none.</summary>
    internal string? Path { get; }

    /// <summary>Lets go. Workers that still run are killed by the kernel.</summary>
    public void Dispose()
    {
        // Whoever has asked the pipe for its other end must dispose of it: the pipe does not.
        _pipe?.DisposeLocalCopyOfClientHandle();
        _pipe?.Dispose();
    }
}
