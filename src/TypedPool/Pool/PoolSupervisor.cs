using System.Diagnostics.CodeAnalysis;

namespace TypedPool.Pool;

/// <summary>
/// Keeps the right workers running. One loop compares the table of slots with what is wanted and acts: it starts what
/// is missing, more while callers wait, lets go of what is too much, and replaces what is due. It is woken by every
/// change, and by the clock for what comes due.
/// </summary>
/// <typeparam name="TWorker">The worker.</typeparam>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The token source holds nothing that must be released, and late starts still look at it.")]
internal sealed partial class PoolSupervisor<TWorker>
    where TWorker : class, IPooledWorker
{
    /// <summary>Nothing comes due by itself.</summary>
    private static readonly TimeSpan Longest = TimeSpan.MaxValue;

    private readonly Func<CancellationToken, Task<TWorker>> _startWorker;
    private readonly SupervisorEvents<TWorker> _events;
    private readonly TimeProvider _time;
    private readonly SupervisorSettings _settings;

    /// <summary>Wakes the loop.</summary>
    private readonly WakeSignal _wake;

    /// <summary>Wakes a change that waits for a place.</summary>
    private readonly WakeSignal _changed;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();

    /// <summary>Starts, replacements and watches that run. Guarded by the gate.</summary>
    private readonly HashSet<Task> _tasks = [];

    private Task _loop = Task.CompletedTask;
    private int _size;
    private int _generation;

    /// <summary>Failed starts in a row. Guarded by the gate, as what follows.</summary>
    private int _failures;

    private long _notBefore;
    private Exception? _lastFailure;

    internal PoolSupervisor(
        SupervisorSettings settings, Func<CancellationToken, Task<TWorker>> startWorker, SupervisorEvents<TWorker> events, TimeProvider time,
        int queueLimit = int.MaxValue, Func<int, Exception>? onFull = null)
    {
        _settings = settings;
        _size = settings.Size;
        _startWorker = startWorker;
        _events = events;
        _time = time;
        _wake = new WakeSignal(time);
        _changed = new WakeSignal(time);
        Checkout = new Checkout<TWorker>(time, OnChanged)
        {
            CallsPerWorker = settings.CallsPerWorker,
            Prefetch = settings.Prefetch,
            FewestPlaces = () => Size,
            QueueLimit = queueLimit,
            MostPlaces = () => Size + settings.Overflow,
            OnFull = onFull ?? (static waiting => new InvalidOperationException($"{waiting} callers wait.")),
        };
    }

    /// <summary>The workers and the callers.</summary>
    internal Checkout<TWorker> Checkout { get; }

    /// <summary>How many workers are kept.</summary>
    internal int Size => Volatile.Read(ref _size);

    /// <summary>Why the last start failed; null since a start has succeeded.</summary>
    internal Exception? LastFailure
    {
        get
        {
            lock (_gate)
            {
                return _lastFailure;
            }
        }
    }

    /// <summary>How many starts have failed in a row.</summary>
    internal int Failures
    {
        get
        {
            lock (_gate)
            {
                return _failures;
            }
        }
    }

    /// <summary>Starts all workers side by side, and then the loop.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Completes when all are ready.</returns>
    /// <exception cref="Exception">The first one that failed said why; nothing of any is left.</exception>
    internal async Task StartEagerlyAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var starts = Enumerable.Range(0, Size).Select(_ => StartOneAsync(Checkout.TryReserve(Size, _generation)!, either.Token)).ToList();
        try
        {
            await foreach (var start in Task.WhenEach(starts).ConfigureAwait(false))
            {
                await start.ConfigureAwait(false);
            }
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

        Start();
    }

    /// <summary>Starts the loop.</summary>
    internal void Start()
    {
        _wake.Set();
        _loop = Task.Run(SuperviseAsync, CancellationToken.None);
    }

    /// <summary>
    /// Begins to stop: sends the callers away, gives up what is being started, and asks the free workers to leave; those
    /// that have a call are asked when they come back.
    /// </summary>
    /// <param name="why">Makes the exception for callers.</param>
    /// <returns>Completes when all of them have been asked.</returns>
    internal async Task DrainAsync(Func<Exception> why)
    {
        Checkout.Close(why);
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var slot in Checkout.Look(slot => slot).Where(slot => slot.State == SlotState.Free))
        {
            if (Checkout.Retire(slot))
            {
                Track(LetGoAsync(slot));
            }
        }
    }

    /// <summary>Ends the loop and every worker.</summary>
    /// <param name="grace">How long the workers may take to leave by themselves.</param>
    /// <param name="cancellationToken">Ends the grace.</param>
    /// <returns>Completes when nothing of any worker is left.</returns>
    internal async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A change gives up now; what it has begun to start is known when it has.
        await _changing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _changing.Release();
        Checkout.Close(static () => new ObjectDisposedException(nameof(PoolSupervisor<>)));
        var workers = Checkout.Look(slot => slot.Worker).OfType<TWorker>().ToList();
        await Task.WhenAll(workers.Select(worker => worker.StopAsync(grace, cancellationToken))).ConfigureAwait(false);
        Task[] tasks;
        do
        {
            lock (_gate)
            {
                tasks = [.. _tasks];
            }

            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (tasks.Length > 0);
    }

    /// <summary>Returns a worker, and has it stopped where it is to leave.</summary>
    /// <param name="slot">Its place.</param>
    internal void Return(Slot<TWorker> slot)
    {
        if (!Checkout.Return(slot))
        {
            Track(LetGoAsync(slot));
        }
    }

    /// <summary>Returns a worker when it has done with a call that its caller has done with already.</summary>
    /// <param name="slot">Its place.</param>
    /// <param name="forgotten">Completes when the worker knows no more of the call.</param>
    internal void ReturnAfter(Slot<TWorker> slot, Task forgotten) => Track(ReturnAfterAsync(slot, forgotten));

    private async Task ReturnAfterAsync(Slot<TWorker> slot, Task forgotten)
    {
        await forgotten.ConfigureAwait(false);
        Return(slot);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A pool whose loop has died would never heal.")]
    private async Task SuperviseAsync()
    {
        while (true)
        {
            try
            {
                var due = Reconcile();
                await _wake.WaitAsync(due, _stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _events.Failed(exception);
                await _wake.WaitAsync(_settings.Backoff(1), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StartOneAsync(Slot<TWorker> slot, CancellationToken cancellationToken)
    {
        TWorker worker;
        try
        {
            worker = await _startWorker(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Counted before the place is free, which wakes whoever would start the next one, or waits for this one.
            if (!cancellationToken.IsCancellationRequested)
            {
                Failed(exception);
            }

            Checkout.Remove(slot);
            throw;
        }

        slot.MostCheckouts = Spread(_settings.MaxCalls);
        slot.MostBytes = Spread(_settings.MaxMemoryBytes);
        slot.MostAge = _settings.MaxAge * (1 - (0.1 * _settings.Jitter()));
        Succeeded();
        var isOpen = Checkout.TryFill(slot, worker);
        Track(WatchAsync(slot, worker));
        _changed.Set();
        if (!isOpen)
        {
            await worker.StopAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>A tenth less at the most.</summary>
    private long? Spread(long? limit) => limit is { } most ? Math.Max(1, most - (long)(most * 0.1 * _settings.Jitter())) : null;

    private async Task WatchAsync(Slot<TWorker> slot, TWorker worker)
    {
        await worker.Ended.ConfigureAwait(false);
        Checkout.Lose(slot);
        _events.Ended(worker, slot.IsRetired);
        Checkout.Remove(slot);
    }

    /// <summary>A stop does not cut its time short: the stop's own patience with that worker may be longer, and ends it otherwise.</summary>
    private async Task LetGoAsync(Slot<TWorker> slot) => await slot.Worker!.StopAsync(_settings.LeaveTime, CancellationToken.None).ConfigureAwait(false);

    private void OnChanged()
    {
        _wake.Set();
        _changed.Set();
    }

    private void Succeeded()
    {
        lock (_gate)
        {
            _failures = 0;
            _lastFailure = null;
            _notBefore = 0;
        }
    }

    private void Failed(Exception exception)
    {
        int failures;
        TimeSpan delay;
        lock (_gate)
        {
            failures = ++_failures;
            _lastFailure = exception;
            delay = _settings.Backoff(failures);
            _notBefore = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
        }

        _events.StartFailed(exception, failures, delay);
        if (failures >= _settings.BrokenAfter)
        {
            Checkout.BreakUnlessOneRuns(() => _events.Broken(exception, failures));
        }
    }

    private void Track(Task task)
    {
        lock (_gate)
        {
            _tasks.Add(task);
        }

        _ = task.ContinueWith(Untrack, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Untrack(Task task)
    {
        lock (_gate)
        {
            _tasks.Remove(task);
        }
    }
}
