using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace TypedPool.Workers.Processes;

/// <summary>
/// A worker that was forked from a fork server, whose child it is: that it has ended is learnt from a descriptor, and how,
/// from the server. Until the server is asked for that, the process id is the worker's, also when it has ended.
/// </summary>
internal sealed class ForkedProcess : IWorkerProcess
{
    private readonly ForkServer _server;
    private readonly WorkerPipes _pipes;
    private readonly SafeFileHandle _descriptor;
    private readonly Readiness _ended;
    private readonly Lock _gate = new();

    /// <summary>Nobody may be sent a signal any more. Guarded by the gate.</summary>
    private bool _isOver;

    /// <summary>Takes over the pipes, and the place that the worker has with its server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="processId">The process.</param>
    /// <param name="descriptor">A descriptor of the process, which this owns from now on.</param>
    /// <param name="pipes">Its pipes, which this owns from now on.</param>
    /// <param name="exits">Waits for the end of the process.</param>
    /// <param name="channels">Waits for the channel; null where .NET's own streams are to be used.</param>
    internal ForkedProcess(ForkServer server, int processId, SafeFileHandle descriptor, WorkerPipes pipes, Poller exits, Poller? channels)
    {
        (_server, ProcessId, _descriptor, _pipes) = (server, processId, descriptor, pipes);
        Input = NativePipe.Over(pipes.Input, channels);
        Output = NativePipe.Over(pipes.Output, channels);
        _ended = new Readiness(exits, descriptor, Epoll.Readable);
        Exited = WaitAsync();
    }

    /// <inheritdoc />
    public int ProcessId { get; }

    /// <inheritdoc />
    public Stream Input { get; }

    /// <inheritdoc />
    public Stream Output { get; }

    /// <inheritdoc />
    public bool OutputIsCheapToTry => Output is NativePipe;

    /// <inheritdoc />
    public Stream StandardError => _pipes.Error;

    /// <inheritdoc />
    public Task<int?> Exited { get; }

    /// <inheritdoc />
    public long ResidentBytes
    {
        get
        {
            lock (_gate)
            {
                return _isOver ? 0 : ResidentPages() * Environment.SystemPageSize;
            }
        }
    }

    /// <inheritdoc />
    public void Kill()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                // It leads a group since before anybody knew of it.
                Signals.SendToGroup(ProcessId, Signals.Kill);
            }
        }
    }

    /// <inheritdoc />
    public Task<string> TakeStacksAsync(string path, TimeProvider time) => StackDump.TakeAsync(ProcessId, path, time);

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        Input.Dispose();
        Output.Dispose();
        _pipes.Dispose();
    }

    private async Task<int?> WaitAsync()
    {
        await _ended.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _ended.Dispose();
        _descriptor.Dispose();
        lock (_gate)
        {
            _isOver = true;

            // Processes that it left behind. The id is not given to another group before the server is asked for the exit code.
            Signals.SendToGroup(ProcessId, Signals.Kill);
        }

        return await _server.ReapAsync(ProcessId).ConfigureAwait(false);
    }

    private long ResidentPages()
    {
        try
        {
            return long.Parse(File.ReadAllText($"/proc/{ProcessId}/statm").Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            // It has just ended.
            return 0;
        }
    }
}
