using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TypedPool.Telemetry;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// Keeps the wanted number of workers running. One loop compares the table with what is wanted and starts what is
/// missing; it is woken by every death.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "StopAsync releases them.")]
internal sealed class WorkerSupervisor
{
    private readonly string _pool;
    private readonly int _size;
    private readonly WorkerStarter _starter;
    private readonly CheckoutQueue<Worker> _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PoolMetrics? _metrics;
    private readonly WorkerTable _table = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();

    /// <summary>Workers whose end has not been handled yet. Guarded by the gate.</summary>
    private readonly HashSet<Task> _watches = [];

    private Task _loop = Task.CompletedTask;

    internal WorkerSupervisor(
        string pool, int size, WorkerStarter starter, CheckoutQueue<Worker> queue, TimeProvider time, ILogger logger, PoolMetrics? metrics = null)
    {
        _pool = pool;
        _size = size;
        _starter = starter;
        _queue = queue;
        _time = time;
        _logger = logger;
        _metrics = metrics;
    }

    /// <summary>The contract that the workers reported.</summary>
    internal string? Contract { get; private set; }

    /// <summary>Why the last start failed; null since a start has succeeded.</summary>
    internal Exception? LastStartFailure { get; private set; }

    /// <summary>How many workers run.</summary>
    internal int Count => _table.Count;

    /// <summary>Starts all workers side by side, and then the loop.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Completes when all workers are ready.</returns>
    /// <exception cref="PythonPoolException">One of them did not start; nothing of any is left.</exception>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var starts = Enumerable.Range(0, _size).Select(_ => StartOneAsync(either.Token)).ToList();
        try
        {
            await WhenAllOrOneFailsAsync(starts).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await either.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(starts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StopAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            if (exception is OperationCanceledException)
            {
                // The caller knows its own token, not the one that the starts were given.
                cancellationToken.ThrowIfCancellationRequested();
            }

            throw;
        }

        _loop = Task.Run(SuperviseAsync, CancellationToken.None);
    }

    /// <summary>Ends the loop and every worker.</summary>
    /// <param name="grace">How long the workers may take to leave by themselves.</param>
    /// <param name="cancellationToken">Ends the grace.</param>
    /// <returns>Completes when no worker is left.</returns>
    internal async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_table.Close().Select(worker => worker.StopAsync(grace, cancellationToken))).ConfigureAwait(false);
        Task[] watches;
        lock (_gate)
        {
            watches = [.. _watches];
        }

        await Task.WhenAll(watches).ConfigureAwait(false);
        _stopping.Dispose();
        _wake.Dispose();
    }

    private static async Task WhenAllOrOneFailsAsync(List<Task> tasks)
    {
        await foreach (var task in Task.WhenEach(tasks).ConfigureAwait(false))
        {
            await task.ConfigureAwait(false);
        }
    }

    private async Task StartOneAsync(CancellationToken cancellationToken)
    {
        var start = _starter.StartAsync(cancellationToken);
        var (worker, contract) = await (_metrics?.CountStartAsync(start) ?? start).ConfigureAwait(false);
        if (!_table.TryAdd(worker))
        {
            await worker.StopAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        Contract = contract;
        LastStartFailure = null;

        // In this order: its end, which may have come already, takes it out of the queue again.
        _queue.Return(worker);
        Watch(worker);
    }

    private void Watch(Worker worker)
    {
        lock (_gate)
        {
            var watch = WatchAsync(worker);
            _watches.Add(watch);
            _ = watch.ContinueWith(Unwatch, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Unwatch(Task watch)
    {
        lock (_gate)
        {
            _watches.Remove(watch);
        }
    }

    private async Task WatchAsync(Worker worker)
    {
        await worker.Ended.ConfigureAwait(false);
        _queue.Remove(worker);
        _table.Remove(worker);
        if (worker.Reason == CondemnReason.Stopped)
        {
            _logger.WorkerLeft(worker.Id, worker.ExitCode);
        }
        else
        {
            _logger.WorkerLost(worker.Id, worker.Reason.ToString(), worker.ExitCode);
            _metrics?.WorkerLost(worker.Reason.ToString());
            _wake.Release();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A pool whose loop has died would never heal.")]
    private async Task SuperviseAsync()
    {
        var failures = 0;
        while (true)
        {
            try
            {
                await _wake.WaitAsync(_stopping.Token).ConfigureAwait(false);
                failures = await ReconcileAsync(failures).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _logger.SupervisionFailed(exception, _pool);
                _wake.Release();
                await WaitAsync(Backoff.After(++failures)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Starts what is missing until nothing is.</summary>
    private async Task<int> ReconcileAsync(int failures)
    {
        while (_size - _table.Count is > 0 and var missing)
        {
            var starts = Enumerable.Range(0, missing).Select(_ => StartOneAsync(_stopping.Token)).ToList();
            try
            {
                await Task.WhenAll(starts).ConfigureAwait(false);
                failures = 0;
            }
            catch (PythonPoolException exception)
            {
                LastStartFailure = exception;
                var delay = Backoff.After(++failures);
                _logger.StartFailed(exception, _pool, failures, delay);
                await WaitAsync(delay).ConfigureAwait(false);
            }
        }

        return failures;
    }

    private async Task WaitAsync(TimeSpan delay) =>
        await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(false);
}
