using System.IO.Pipes;

namespace TypedPool.Workers.Processes;

/// <summary>
/// The three pipes of a worker that this process does not start itself. The worker opens its ends through <c>/proc</c>: both
/// ends exist before anybody opens them, and no process that is started meanwhile inherits any. Linux only.
/// </summary>
internal sealed class WorkerPipes : IDisposable
{
    private readonly AnonymousPipeServerStream _input = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _output = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _error = new(PipeDirection.In, HandleInheritability.None);

    internal WorkerPipes()
    {
        InputPath = Descriptors.PathOf(_input.ClientSafePipeHandle);
        OutputPath = Descriptors.PathOf(_output.ClientSafePipeHandle);
        ErrorPath = Descriptors.PathOf(_error.ClientSafePipeHandle);
    }

    /// <summary>What is written to the worker's standard input.</summary>
    internal PipeStream Input => _input;

    /// <summary>What comes from its standard output.</summary>
    internal PipeStream Output => _output;

    /// <summary>What comes from its standard error.</summary>
    internal PipeStream Error => _error;

    /// <summary>Where the worker opens its standard input, until <see cref="CloseWorkerEnds"/>.</summary>
    internal string InputPath { get; }

    /// <summary>Where it opens its standard output.</summary>
    internal string OutputPath { get; }

    /// <summary>Where it opens its standard error.</summary>
    internal string ErrorPath { get; }

    /// <summary>Lets go of the worker's ends, which it has opened or never will: only so its own end is seen.</summary>
    internal void CloseWorkerEnds()
    {
        foreach (var pipe in (AnonymousPipeServerStream[])[_input, _output, _error])
        {
            // Whoever has asked the pipe for its other end must dispose of it: the pipe does not.
            pipe.DisposeLocalCopyOfClientHandle();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        CloseWorkerEnds();
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }
}
