namespace TypedPool.Workers.Processes;

/// <summary>
/// A process that has imported the module once, and is forked for each worker. It lives until it is retired and nothing of
/// its last worker is left, since only it can tell how they ended. Workers live on where it dies before them.
/// </summary>
/// <param name="worker">The process: it speaks the protocol as a worker does.</param>
/// <param name="settings">What workers of the pool share.</param>
/// <param name="exits">Waits for the end of workers.</param>
/// <param name="channels">Waits for their channels; null where .NET's own streams are to be used.</param>
internal sealed class ForkServer(Worker worker, WorkerSettings settings, Poller exits, Poller? channels)
{
    private readonly Lock _gate = new();

    /// <summary>How many workers it has, or is forking. Guarded by the gate, as what follows.</summary>
    private int _workers;

    private bool _isRetired;

    /// <summary>Completes when nothing is left of workers that nobody wanted any more when they had been forked.</summary>
    private Task _unwanted = Task.CompletedTask;

    /// <summary>Its process id.</summary>
    internal int ProcessId => worker.ProcessId;

    /// <summary>Whether it can be asked for workers.</summary>
    internal bool IsUsable => worker.IsUsable;

    /// <summary>Completes when nothing of its own process is left.</summary>
    internal Task Ended => worker.Ended;

    /// <summary>How it ended, in words.</summary>
    internal string ExitStatus => WorkerLoss.ExitStatus(worker);

    /// <summary>Whether it was to end.</summary>
    internal bool WasStopped => worker.Reason == CondemnReason.Stopped;

    /// <summary>Takes a place for one more worker, which <see cref="ForkAsync"/> then fills.</summary>
    /// <returns>False where it forks no more.</returns>
    internal bool TryEnter()
    {
        lock (_gate)
        {
            if (!worker.IsUsable || (_isRetired && _workers == 0))
            {
                return false;
            }

            _workers++;
            return true;
        }
    }

    /// <summary>Forks a worker.</summary>
    /// <param name="token">The token with which it opens its channel.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its process.</returns>
    /// <exception cref="ForkRefusedException">The server must not be forked, or cannot be.</exception>
    /// <exception cref="WorkerStartException">This fork failed; another one may succeed.</exception>
    /// <exception cref="ChannelClosedException">The server has ended.</exception>
    internal async Task<IWorkerProcess> ForkAsync(string token, CancellationToken cancellationToken)
    {
        var forking = ForkNowAsync(token);
        try
        {
            return await forking.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _unwanted = Task.WhenAll(_unwanted, LetGoAsync(forking));
            }

            throw;
        }
    }

    /// <summary>Asks how a worker has ended, whose place is free then.</summary>
    /// <param name="processId">The worker.</param>
    /// <returns>Its exit code; null where that is not known.</returns>
    internal async Task<int?> ReapAsync(int processId)
    {
        try
        {
            return await ForkMessages.ReapAsync(worker.Connection, processId).WaitAsync(Worker.ExitGrace, settings.TimeProvider).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ChannelClosedException or TimeoutException)
        {
            // The server died before it, or is stuck.
            return null;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>It is to fork no more, and ends when it has no worker.</summary>
    internal void Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
            StopWhenEmpty();
        }
    }

    /// <summary>Ends it. Its workers have ended before, or how they do is not known.</summary>
    /// <returns>Completes when nothing is left of it.</returns>
    internal async Task StopAsync()
    {
        await worker.StopAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        Task unwanted;
        lock (_gate)
        {
            unwanted = _unwanted;
        }

        await unwanted.ConfigureAwait(false);
    }

    private async Task<IWorkerProcess> ForkNowAsync(string token)
    {
        // A server that is stuck is of no more use.
        using var timeout = new CancellationTokenSource(settings.StartTimeout, settings.TimeProvider);
        await using var registration = timeout.Token.UnsafeRegister(static it => ((Worker)it!).Condemn(CondemnReason.StartTimeout), worker).ConfigureAwait(false);
        var pipes = new WorkerPipes();
        try
        {
            var processId = await ForkMessages.ForkAsync(worker.Connection, token, pipes.InputPath, pipes.OutputPath, pipes.ErrorPath).ConfigureAwait(false);
            pipes.CloseWorkerEnds();
            return new ForkedProcess(this, processId, ProcessDescriptor.Open(processId), pipes, exits, channels);
        }
        catch (Exception exception)
        {
            // Where it runs all the same, it finds that nobody writes to it, and leaves.
            pipes.Dispose();
            Leave();
            throw exception is IOException ? new WorkerStartException($"The worker cannot be watched: {exception.Message}", exception) : exception;
        }
    }

    private static async Task LetGoAsync(Task<IWorkerProcess> forking)
    {
        await ((Task)forking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (forking.IsCompletedSuccessfully)
        {
            using var process = await forking.ConfigureAwait(false);
            process.Kill();
            await process.Exited.ConfigureAwait(false);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _workers--;
            StopWhenEmpty();
        }
    }

    /// <summary>Under the gate.</summary>
    private void StopWhenEmpty()
    {
        if (_isRetired && _workers == 0)
        {
            _ = Task.Run(StopAsync);
        }
    }
}
