#pragma warning disable RS0030 // This is the room where processes are touched.
using System.ComponentModel;
using System.Diagnostics;

namespace TypedPool.Workers.Processes;

/// <summary>A worker as a process of the operating system.</summary>
internal sealed class PythonProcess : IWorkerProcess
{
    private readonly Process _process;
    private readonly TaskCompletionSource<int?> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _isDisposed;

    private PythonProcess(Process process) => _process = process;

    /// <inheritdoc />
    public required int ProcessId { get; init; }

    /// <inheritdoc />
    public required Stream Input { get; init; }

    /// <inheritdoc />
    public required Stream Output { get; init; }

    /// <inheritdoc />
    public bool OutputIsCheapToTry => Output is NativePipe;

    /// <inheritdoc />
    public required Stream StandardError { get; init; }

    /// <inheritdoc />
    public Task<int?> Exited => _exited.Task;

    /// <inheritdoc />
    public long ResidentBytes
    {
        get
        {
            lock (_gate)
            {
                if (_isDisposed || _exited.Task.IsCompleted)
                {
                    return 0;
                }

                try
                {
                    _process.Refresh();
                    return _process.WorkingSet64;
                }
                catch (InvalidOperationException)
                {
                    return 0;
                }
            }
        }
    }

    /// <inheritdoc />
    public void Kill()
    {
        // The gate keeps the handle open: without it the id might belong to another process already.
        lock (_gate)
        {
            if (_isDisposed || _exited.Task.IsCompleted)
            {
                return;
            }

            try
            {
                // A worker leads a process group once it runs; before that, and elsewhere, the tree is looked for.
                if (OperatingSystem.IsWindows() || !Signals.SendToGroup(ProcessId, Signals.Kill))
                {
                    _process.Kill(entireProcessTree: true);
                }
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
            {
                // It has just ended, or a process below it has.
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
            _isDisposed = true;

            // Whoever has asked a process for its streams must dispose of them: the process does not.
            Input.Dispose();
            Output.Dispose();
            StandardError.Dispose();
            _process.Dispose();
        }
    }

    /// <summary>Starts a process with its three standard streams redirected.</summary>
    /// <param name="startInfo">What to start.</param>
    /// <param name="poller">Waits for its channel; null where .NET's own streams are to be used.</param>
    /// <returns>The process.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    internal static PythonProcess Start(ProcessStartInfo startInfo, Poller? poller = null)
    {
        var process = new Process { StartInfo = startInfo, EnableRaisingEvents = true };
        try
        {
            // Started before the event is attached: an exit is told to whoever attaches later as well.
            process.Start();
            var started = new PythonProcess(process)
            {
                ProcessId = process.Id,
                Input = NativePipe.Over(process.StandardInput.BaseStream, poller),
                Output = NativePipe.Over(process.StandardOutput.BaseStream, poller),
                StandardError = process.StandardError.BaseStream,
            };
            process.Exited += (_, _) => started.OnExited();
            if (process.HasExited)
            {
                started.OnExited();
            }

            return started;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private void OnExited()
    {
        int? code = null;
        try
        {
            code = _process.ExitCode;
        }
        catch (InvalidOperationException)
        {
            // The operating system did not tell.
        }

        if (!OperatingSystem.IsWindows())
        {
            // Processes that it left behind. The id of a group is not given to another one while it has members.
            Signals.SendToGroup(ProcessId, Signals.Kill);
        }

        _exited.TrySetResult(code);
    }
}
