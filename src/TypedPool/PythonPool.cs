using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TypedPool.Pool;
using TypedPool.SharedMemory;
using TypedPool.Telemetry;
using TypedPool.Wire;
using TypedPool.Workers;
using TypedPool.Workers.Processes;

namespace TypedPool;

/// <summary>
/// A pool of Python processes that run commands, each process one call at a time, or several where it may. Every call ends in exactly one of its
/// result, its error, or its cancellation. All members may be used from any thread.
/// </summary>
public sealed partial class PythonPool : IPythonInvoker, IAsyncDisposable
{
    private readonly PythonPoolOptions _options;
    private readonly long _began;
    private readonly ILogger _logger;
    private readonly ProcessLauncher _launcher;
    private readonly ForkLauncher? _forks;
    private readonly WorkerStarter _starter;
    private readonly PoolEvents _events;
    private readonly PoolSupervisor<PooledWorker> _supervisor;
    private readonly RequestBuffers _buffers = new();
    private readonly RunningCalls _running = new();

    /// <summary>It ages by the system's clock: no promise of the pool's is kept by that.</summary>
    private readonly SegmentPool? _memory;
    private readonly HostTable? _hosts;
    private readonly bool _prefetches;
    private readonly HostChain _hostChain = new();
    private readonly CallObserver _observer;
    private readonly Lock _gate = new();

    /// <summary>Makes the exception for a caller whose time to wait is over; made once, since thousands may wait.</summary>
    private readonly Func<TimeSpan, Exception> _noWorkerInTime;

    /// <summary>The same, where it was his deadline that came first.</summary>
    private readonly Func<TimeSpan, Exception> _noWorkerBeforeDeadline;

    /// <summary>Cancelled where one of those who stop the pool has no more patience. Holds nothing that must be released.</summary>
    private readonly CancellationTokenSource _impatience = new();

    /// <summary>The stop, once it has begun. Guarded by the gate.</summary>
    private Task? _stop;

    private PythonPool(PythonPoolOptions options, PythonExecutable python)
    {
        _options = options;
        _began = options.TimeProvider.GetTimestamp();
        Name = options.Name ?? options.Module;
        _logger = new ForgivingLogger(options.LoggerFactory.CreateLogger("TypedPool.Pool"));
        _observer = new CallObserver(Name, options, _logger);
        _memory = OperatingSystem.IsLinux() ? new SegmentPool(options.MaxMessageBytes, TimeProvider.System) : null;
        var settings = new WorkerSettings(
            Name,
            options.Contract,
            options.MaxMessageBytes,
            options.StartTimeout,
            options.TimeProvider,
            _logger,
            new OutputLoggers(options.LoggerFactory))
        {
            OutputDropped = _observer.Metrics.OutputDropped,
            AllowCompatibleContract = options.AllowCompatibleContract,
            Prefetch = PrefetchOf(options) > 0,
            Hosts = options.Hosts,
            Memory = _memory,
        };
        _prefetches = PrefetchOf(options) > 0;
        _hosts = options.Hosts.Count > 0 ? new HostTable(options.Hosts) : null;
        _launcher = new ProcessLauncher(python, options);
        _forks = options.Launch == PoolLaunch.ForkServer ? new ForkLauncher(_launcher, settings, OperatingSystem.IsLinux()) : null;
        _starter = new WorkerStarter((IWorkerLauncher?)_forks ?? _launcher, settings);
        _events = new PoolEvents(Name, _logger, _observer.Metrics);
        _supervisor = new PoolSupervisor<PooledWorker>(
            Settings(options), StartWorkerAsync, _events, options.TimeProvider, options.QueueLimit, QueueFull);
        _noWorkerInTime = time => NoWorker(new TimeLimit(time, nameof(CallOptions.CheckoutTimeout)));
        _noWorkerBeforeDeadline = time => NoWorker(new TimeLimit(time, nameof(CallOptions.Deadline)));
        _observer.Metrics.Observe(Figures);
    }

    /// <summary>The pool's name in logs and exceptions.</summary>
    public string Name { get; }

    /// <summary>
    /// The contract that the workers keep: the one that they reported, or that of the options where theirs is accepted as
    /// compatible (<see cref="PythonPoolOptions.AllowCompatibleContract"/>).
    /// </summary>
    public string? Contract { get; private set; }

    /// <summary>Starts a pool: finds Python, starts all workers side by side, and proves each by a handshake and a ping.</summary>
    /// <param name="options">How the pool is made.</param>
    /// <param name="cancellationToken">Gives up the start; nothing of it is left then.</param>
    /// <returns>The pool, all its workers ready.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="WorkerStartException">No usable Python, or a worker did not start.</exception>
    /// <exception cref="SchemaMismatchException">Python has other commands than C# was generated from.</exception>
    public static async Task<PythonPool> StartAsync(PythonPoolOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options.Clone();
        PythonPoolOptionsValidation.Validate(options);
        var python = await new PythonFinder(options, Environment.GetEnvironmentVariable).FindAsync(cancellationToken).ConfigureAwait(false);
        var pool = new PythonPool(options, python);
        try
        {
            Task start;
            using (ExecutionContext.SuppressFlow())
            {
                // What flows with the caller (the scopes of its log, its activity) is not the workers', which outlive the start.
                start = Task.Run(() => pool.StartWorkersAsync(cancellationToken), CancellationToken.None);
            }

            await start.ConfigureAwait(false);
        }
        catch
        {
            await pool.ReleaseAsync().ConfigureAwait(false);
            throw;
        }

        pool._logger.PoolStarted(pool.Name, options.Size, python.Version.ToString(), python.Path);
        return pool;
    }

    /// <summary>The sessions that calls have named, at this moment. Readable also when the pool has stopped.</summary>
    /// <returns>The sessions, the oldest first.</returns>
    public IReadOnlyList<PythonSession> GetSessions() => _observer.Sessions.List();

    /// <summary>What the pool has seen of a session. A call that has returned, in whatever way, is counted in it.</summary>
    /// <param name="id">The session's id.</param>
    /// <returns>The session, or null where there is none.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public PythonSession? GetSession(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _observer.Sessions.Find(id);
    }

    /// <summary>
    /// Ends a session: the pool forgets it. Its running calls go on, and are counted nowhere else; the next call of that id
    /// begins a new session.
    /// </summary>
    /// <param name="id">The session's id.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public bool EndSession(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _observer.Sessions.End(id);
    }

    /// <summary>The pool at this moment: workers and callers are counted together. Readable also when the pool has stopped.</summary>
    /// <returns>The status.</returns>
    public PoolStatus GetStatus()
    {
        bool isStopping;
        lock (_gate)
        {
            isStopping = _stop is not null;
        }

        var workers = PoolReport.Workers(_supervisor.Checkout, _options.TimeProvider, out var counts);
        var failure = _supervisor.LastFailure;
        return new PoolStatus
        {
            Name = Name,
            Health = PoolReport.Judge(workers, _supervisor.Size, _options.Startup == PoolStartup.Lazy, failure, isStopping),
            Size = _supervisor.Size,
            Workers = workers,
            Waiting = counts.Waiting,
            LongestWait = counts.LongestWait,
            Suspects = counts.Suspect,
            MissedPings = _events.MissedPings,
            Sessions = _observer.Sessions.Count,
            Losses = _events.Losses,
            Recycles = _events.Recycles,
            StartFailures = _events.StartFailures,
            LastStartFailure = failure?.Message,
            Uptime = _options.TimeProvider.GetElapsedTime(_began),
        };
    }

    /// <summary>
    /// Rolls the pool to new code, or new state: replaces every worker, one (or a tenth of them) at a time, each new one
    /// ready before an old one leaves, and an old one leaves when it has no call. No call fails by it.
    /// </summary>
    /// <param name="cancellationToken">Ends it in the middle; workers that were replaced stay replaced.</param>
    /// <returns>Completes when no old worker is left.</returns>
    /// <exception cref="WorkerStartException">A new worker did not start; the old ones that were left go on.</exception>
    /// <exception cref="SchemaMismatchException">The new code has other commands; the old workers go on.</exception>
    /// <exception cref="PoolUnavailableException">The pool is stopping or stopped.</exception>
    public Task RecycleAsync(CancellationToken cancellationToken = default) =>
        UnlessStoppedAsync(
            token =>
            {
                // Before any place is taken for a new worker: what is started for it from now on has the new code.
                _forks?.Renew();
                return _supervisor.RecycleAsync(token);
            },
            cancellationToken);

    /// <summary>Changes how many workers are kept. No call fails by it.</summary>
    /// <param name="size">The new <see cref="PythonPoolOptions.Size"/>: 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up waiting; the size is changed all the same.</param>
    /// <returns>Completes when the new workers are ready, or those that are too many have gone.</returns>
    /// <exception cref="WorkerStartException">A new worker did not start; the pool goes on trying.</exception>
    /// <exception cref="PoolUnavailableException">The pool is stopping or stopped.</exception>
    public Task ResizeAsync(int size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, PythonPoolDefaults.LargestSize);
        return UnlessStoppedAsync(token => _supervisor.ResizeAsync(size, token), cancellationToken);
    }

    /// <summary>
    /// Stops the pool: refuses new calls, lets running ones end for <see cref="PythonPoolOptions.ShutdownTimeout"/>,
    /// asks the workers to leave, kills those that stay, and returns when no process is left. May be called again, and
    /// while the pool is stopping.
    /// </summary>
    /// <param name="cancellationToken">Ends the patience with running calls and leaving workers: they are killed at once.</param>
    /// <returns>Completes when nothing of the pool is left.</returns>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Task stop;
        lock (_gate)
        {
            stop = _stop ??= StopOnceAsync(_impatience.Token);
        }

        await using (cancellationToken.UnsafeRegister(static it => ((CancellationTokenSource)it!).Cancel(), _impatience).ConfigureAwait(false))
        {
            await stop.ConfigureAwait(false);
        }
    }

    /// <summary>Stops the pool as <see cref="StopAsync"/> does.</summary>
    /// <returns>Completes when nothing of the pool is left.</returns>
    public ValueTask DisposeAsync() => new(StopAsync());

    private PoolFigures Figures()
    {
        var counts = _supervisor.Checkout.Count();
        return new PoolFigures(counts.Starting, counts.Free, counts.Busy, counts.Leaving, counts.Suspect, counts.Waiting, _observer.Sessions.Count);
    }

    private static SupervisorSettings Settings(PythonPoolOptions options) => new()
    {
        Size = options.Size,
        CallsPerWorker = options.CallsPerWorker,
        Prefetch = PrefetchOf(options),
        Overflow = options.Overflow,
        OverflowIdleTime = OrNever(options.OverflowIdleTime),
        LeaveTime = options.ShutdownTimeout,
        IsLazy = options.Startup == PoolStartup.Lazy,
        MaxCalls = options.MaxCalls,
        MaxAge = options.MaxAge == Timeout.InfiniteTimeSpan ? null : options.MaxAge,
        MaxMemoryBytes = options.MaxMemoryBytes,
        HealthInterval = OrNever(options.HealthInterval),
        HealthTimeout = OrNever(options.HealthTimeout),
        Jitter = RandomFraction,
    };

    /// <summary>A host function may wait for a call of this pool, which must not wait for the call that has called the function.</summary>
    private static int PrefetchOf(PythonPoolOptions options) => options.Hosts.Count > 0 ? 0 : options.Prefetch;

    private static TimeSpan OrNever(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : time;

    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "It spreads replacements, no more.")]
    private static double RandomFraction() => Random.Shared.NextDouble();

    private async Task StartWorkersAsync(CancellationToken cancellationToken)
    {
        if (_options.Startup == PoolStartup.Eager)
        {
            await _supervisor.StartEagerlyAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _supervisor.Start();
        }
    }

    private async Task<PooledWorker> StartWorkerAsync(CancellationToken cancellationToken)
    {
        var (worker, contract) = await _observer.Metrics.CountStartAsync(_starter.StartAsync(cancellationToken)).ConfigureAwait(false);
        Contract = contract;
        return new PooledWorker(worker);
    }

    /// <summary>Runs a change. It is given up when the pool stops, which its caller learns as he does with a call.</summary>
    private async Task UnlessStoppedAsync(Func<CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await change(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable();
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        var time = _options.TimeProvider;
        var began = time.GetTimestamp();
        var calls = _running.Close();
        await _supervisor.DrainAsync(Unavailable).ConfigureAwait(false);
        try
        {
            await calls.WaitAsync(_options.ShutdownTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // They had their time.
        }

        var left = _options.ShutdownTimeout == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan
            : _options.ShutdownTimeout - time.GetElapsedTime(began) is { } rest && rest > TimeSpan.Zero ? rest
            : TimeSpan.Zero;
        await _supervisor.StopAsync(left, cancellationToken).ConfigureAwait(false);
        await calls.ConfigureAwait(false);
        await ReleaseAsync().ConfigureAwait(false);
        _logger.PoolStopped(Name);
    }

    /// <summary>Lets go of what the workers, which have ended, were started and measured by.</summary>
    private async Task ReleaseAsync()
    {
        if (_forks is not null)
        {
            await _forks.DisposeAsync().ConfigureAwait(false);
        }

        _launcher.Dispose();
        _observer.Dispose();
        _buffers.Dispose();
        _memory?.Dispose();
    }

    private PoolUnavailableException Unavailable() => new($"Pool {Name} is stopping or stopped, and takes no calls.") { PoolName = Name };
}
