using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedPool;

/// <summary>How a pool is made. Read once, at start; later changes do nothing.</summary>
public sealed class PythonPoolOptions
{
    /// <summary>The module with the commands, as Python imports it.</summary>
    /// <value>No default: it must be given.</value>
    public string Module { get; set; } = "";

    /// <summary>Folders in which Python looks for modules before any other, in order.</summary>
    /// <value>Default: none. Relative paths start at <see cref="AppContext.BaseDirectory"/>.</value>
    public IList<string> SearchPaths { get; } = [];

    /// <summary>The Python to run: an executable, or the folder of a virtual environment.</summary>
    /// <value>
    /// Default: null, meaning the first of: the active virtual environment (<c>VIRTUAL_ENV</c>), a folder <c>.venv</c>
    /// in the working directory, <see cref="AppContext.BaseDirectory"/> or a search path; the variable <c>TYPEDPOOL_PYTHON</c>;
    /// <c>python3</c> or <c>python</c> on the <c>PATH</c>. Python 3.9 or later.
    /// </value>
    public string? PythonPath { get; set; }

    /// <summary>The directory in which workers run.</summary>
    /// <value>Default: null, the host's own. A relative path starts at <see cref="AppContext.BaseDirectory"/>.</value>
    public string? WorkingDirectory { get; set; }

    /// <summary>Environment variables for the workers, beside the host's own; a null value removes one.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The pool's name in logs, measurements, traces and exceptions.</summary>
    /// <value>Default: null, meaning <see cref="Module"/>.</value>
    public string? Name { get; set; }

    /// <summary>How many workers are kept.</summary>
    /// <value>Default: the number of processors. 1 to 1,000.</value>
    public int Size { get; set; } = System.Environment.ProcessorCount;

    /// <summary>How many workers more may run while calls wait; they are started when a call has waited for 40 ms.</summary>
    /// <value>Default: 2. 0 to 1,000.</value>
    public int Overflow { get; set; } = PythonPoolDefaults.Overflow;

    /// <summary>
    /// How many calls a worker runs at once, where its module has an <c>async def</c> command, or with
    /// <see cref="CommandThreads"/>: the start of any other fails. Plain commands then run on a thread, one at a time, or as
    /// many as <see cref="CommandThreads"/> says. If the worker has to be killed for one
    /// call, or dies of it, that costs the others on it as well (<see cref="WorkerCrashedException"/>).
    /// </summary>
    /// <value>Default: 1. 1 to 10,000.</value>
    public int CallsPerWorker { get; set; } = 1;

    /// <summary>
    /// How many calls may wait in a worker that runs one, so that it never waits for this program between two: for commands
    /// that take microseconds. No call waits so while a worker is free, or fewer than <see cref="Size"/> run; one that does
    /// stays with its worker, however soon another one comes free. It still waits for a worker: <see cref="CheckoutTimeout"/>
    /// counts, <see cref="CommandTimeout"/> does not yet, and cancelled it ends at once and is not run. If the worker dies, or is
    /// killed for the call that it runs, those that wait move to another one. Calls with streams, or with more than 16 KiB of
    /// arguments, have a worker for themselves. Used on Linux, where the module has no <c>async def</c> command and the pool no
    /// host functions; else as if it were 0.
    /// </summary>
    /// <value>Default: 0. 0 to 1,000; 0 where <see cref="CallsPerWorker"/> is above 1.</value>
    public int Prefetch { get; set; }

    /// <summary>
    /// On how many threads a worker runs its plain commands, where it runs several calls at once: for commands that mostly
    /// wait, and for a Python without an interpreter lock. Nothing can be raised in such a thread: a cancelled command is told,
    /// and one that does not end within its graces costs the worker.
    /// </summary>
    /// <value>Default: 1. 1 to <see cref="CallsPerWorker"/>.</value>
    public int CommandThreads { get; set; } = 1;

    /// <summary>How long a worker above <see cref="Size"/> may be without a call before it leaves.</summary>
    /// <value>Default: 30 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan OverflowIdleTime { get; set; } = PythonPoolDefaults.OverflowIdleTime;

    /// <summary>When workers are started.</summary>
    /// <value>Default: <see cref="PoolStartup.Eager"/>.</value>
    public PoolStartup Startup { get; set; } = PoolStartup.Eager;

    /// <summary>
    /// How workers are started. With <see cref="PoolLaunch.ForkServer"/> one more process imports the module, once, and is forked
    /// for each worker, in milliseconds; what was imported is shared by all of them until it is written to. Workers then have
    /// the module's code and state of that moment, until <see cref="PythonPool.RecycleAsync"/> imports it anew. Linux only; where a
    /// module starts threads while it is imported, or forking cannot be had, workers are spawned and the log says why.
    /// </summary>
    /// <value>Default: <see cref="PoolLaunch.Spawn"/>.</value>
    public PoolLaunch Launch { get; set; } = PoolLaunch.Spawn;

    /// <summary>How many calls may wait for a worker; one more fails at once.</summary>
    /// <value>Default: 1,000. 0 or more; 1 or more where <see cref="Startup"/> is <see cref="PoolStartup.Lazy"/>.</value>
    public int QueueLimit { get; set; } = PythonPoolDefaults.QueueLimit;

    /// <summary>After about how many calls a worker is replaced by a new one: up to a tenth less, so that not all are due together.</summary>
    /// <value>Default: null, never. 1 or more.</value>
    public long? MaxCalls { get; set; }

    /// <summary>At about what age a worker is replaced by a new one: up to a tenth less, so that not all are due together.</summary>
    /// <value>Default: null, never. Above zero.</value>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>
    /// Above about how many bytes of resident memory a worker is replaced by a new one; looked at every
    /// <see cref="HealthInterval"/>, and up to a tenth less, so that not all are due together. Memory that it shares counts:
    /// with other processes, and with the host, for arguments and results of 64 KiB and more.
    /// </summary>
    /// <value>Default: null, never. 1 or more.</value>
    public long? MaxMemoryBytes { get; set; }

    /// <summary>
    /// How long a free worker is left alone before it is pinged, and how often the workers' memory is looked at. A worker
    /// that is being pinged can be given a call all the same.
    /// </summary>
    /// <value>Default: 30 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>: neither is done.</value>
    public TimeSpan HealthInterval { get; set; } = PythonPoolDefaults.HealthInterval;

    /// <summary>
    /// How long a free worker may take to answer a ping before it is suspected: it is given calls last, and
    /// <see cref="PoolStatus"/> tells of it. It is not killed for that.
    /// </summary>
    /// <value>Default: 5 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>: none is ever suspected.</value>
    public TimeSpan HealthTimeout { get; set; } = PythonPoolDefaults.HealthTimeout;

    /// <summary>
    /// How many threads a worker's numeric libraries may use (OpenMP, OpenBLAS, MKL, BLIS, Accelerate, numexpr, Numba,
    /// Rayon, Polars): sets <c>OMP_NUM_THREADS</c> and its kin in the workers' environment. A variable that the host has,
    /// or that stands in <see cref="Environment"/>, is left as it is.
    /// </summary>
    /// <value>Default: null, meaning the number of processors divided by <see cref="Size"/>, and at least 1. 1 to 1,024.</value>
    public int? ThreadsPerWorker { get; set; }

    /// <summary>How long a worker may take to start, the import of the user's module included; and a Python, to say which it is.</summary>
    /// <value>Default: 30 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan StartTimeout { get; set; } = PythonPoolDefaults.StartTimeout;

    /// <summary>How long a call waits for a free worker.</summary>
    /// <value>Default: 25 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan CheckoutTimeout { get; set; } = PythonPoolDefaults.CheckoutTimeout;

    /// <summary>How long a command may run; <see cref="TimeoutAction"/> says what happens then.</summary>
    /// <value>Default: 90 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan CommandTimeout { get; set; } = PythonPoolDefaults.CommandTimeout;

    /// <summary>What happens to a command that has run for <see cref="CommandTimeout"/>, or past its deadline.</summary>
    /// <value>Default: <see cref="TimeoutAction.Kill"/>.</value>
    public TimeoutAction TimeoutAction { get; set; } = TimeoutAction.Kill;

    /// <summary>
    /// How long a cancelled command that can notice it (one that takes a <c>Context</c>, or is <c>async def</c>) may take to end
    /// by itself, before <c>typedpool.Cancelled</c> is raised in it. Any other command is interrupted at once.
    /// </summary>
    /// <value>Default: 1 s. Zero to 1 day. With <see cref="InterruptGrace"/> zero as well, the worker is killed at once.</value>
    public TimeSpan CancelGrace { get; set; } = PythonPoolDefaults.CancelGrace;

    /// <summary>
    /// How long a cancelled command may take, after <see cref="CancelGrace"/>, to end of the exception that is raised in it,
    /// before its worker is killed. What C code does not return from cannot be interrupted.
    /// </summary>
    /// <value>Default: 1 s. Zero to 1 day.</value>
    public TimeSpan InterruptGrace { get; set; } = PythonPoolDefaults.InterruptGrace;

    /// <summary>
    /// How often a call of a command that is declared idempotent is run again after its worker has died of it or with
    /// it. If the last attempt kills its worker as well, the call ends with <see cref="PoisonRequestException"/>.
    /// Nothing else is ever run again: no timeout, no cancellation, no exception of Python's, and no other command.
    /// </summary>
    /// <value>Default: 1. 0 to 10; 0 is never.</value>
    public int IdempotentRetries { get; set; } = PythonPoolDefaults.IdempotentRetries;

    /// <summary>How long running calls may take to end, once the pool is stopped, before their workers are killed.</summary>
    /// <value>Default: 15 s. Zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan ShutdownTimeout { get; set; } = PythonPoolDefaults.ShutdownTimeout;

    /// <summary>The largest message, in bytes, in either direction.</summary>
    /// <value>Default: 256 MiB. 1 KiB to 1 GiB.</value>
    public int MaxMessageBytes { get; set; } = PythonPoolDefaults.MaxMessageBytes;

    /// <summary>
    /// How long a session is remembered after its last call: the next sweep then ends it. A session with a running call
    /// never ends by itself. Nothing else bounds the number of sessions, and so the memory that they take.
    /// </summary>
    /// <value>Default: 1 h. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>: only <see cref="PythonPool.EndSession"/> ends one.</value>
    public TimeSpan SessionIdleTime { get; set; } = PythonPoolDefaults.SessionIdleTime;

    /// <summary>How often sessions are looked for that have been idle for <see cref="SessionIdleTime"/>.</summary>
    /// <value>Default: 5 min. 1 ms or more.</value>
    public TimeSpan SessionSweepInterval { get; set; } = PythonPoolDefaults.SessionSweepInterval;

    /// <summary>The contract that the workers must have. In a configuration it is the hash alone.</summary>
    /// <value>Default: null, any contract; generated code sets its own.</value>
    public PythonContract? Contract { get; set; }

    /// <summary>
    /// Whether workers whose contract differs from <see cref="Contract"/> are accepted where Python says that each
    /// difference is compatible, such as a new command or a new optional parameter.
    /// </summary>
    /// <value>Default: false, any difference is refused.</value>
    public bool AllowCompatibleContract { get; set; }

    /// <summary>
    /// Where the pool logs, and what its workers print and log: under the category <c>TypedPool.Worker</c>, and that of
    /// <c>TypedPool.Worker.</c> with the name of a logger of Python's.
    /// </summary>
    /// <value>Default: nowhere.</value>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>
    /// The least level of the records of Python's <c>logging</c>, and of its warnings (<see cref="LogLevel.Warning"/>), that
    /// workers send to <see cref="LoggerFactory"/>; others cost the channel nothing. Python's root logger begins with it.
    /// What is printed is always sent.
    /// </summary>
    /// <value>
    /// Default: <see cref="LogLevel.Information"/>. <see cref="LogLevel.None"/> leaves Python's logging as it is: what that
    /// writes to standard error arrives as lines without level and call.
    /// </value>
    public LogLevel PythonLogLevel { get; set; } = LogLevel.Information;

    /// <summary>Makes the meter, named <c>TypedPool</c>, by which the pool is measured.</summary>
    /// <value>Default: null, a meter of the pool's own.</value>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>The pool's clock.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Functions of this program that commands may call.</summary>
    internal List<PythonHost> Hosts { get; } = [];

    /// <summary>
    /// Lets commands call functions of this program: those that Python declares as a <c>Protocol</c> class marked
    /// <c>@host</c>. Workers whose commands need functions that nobody implements do not start.
    /// </summary>
    /// <param name="host">What generated code makes of an implementation: <c>PythonCommands.Host(new Prices())</c>.</param>
    /// <returns>These options.</returns>
    public PythonPoolOptions AddHost(PythonHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Hosts.Add(host);
        return this;
    }

    /// <summary>A copy that later changes to these options do not reach.</summary>
    /// <returns>The copy.</returns>
    public PythonPoolOptions Clone()
    {
        var copy = new PythonPoolOptions
        {
            Module = Module,
            PythonPath = PythonPath,
            WorkingDirectory = WorkingDirectory,
            Name = Name,
            Size = Size,
            CallsPerWorker = CallsPerWorker,
            Prefetch = Prefetch,
            CommandThreads = CommandThreads,
            Overflow = Overflow,
            OverflowIdleTime = OverflowIdleTime,
            Startup = Startup,
            Launch = Launch,
            QueueLimit = QueueLimit,
            MaxCalls = MaxCalls,
            MaxAge = MaxAge,
            MaxMemoryBytes = MaxMemoryBytes,
            HealthInterval = HealthInterval,
            HealthTimeout = HealthTimeout,
            ThreadsPerWorker = ThreadsPerWorker,
            StartTimeout = StartTimeout,
            CheckoutTimeout = CheckoutTimeout,
            CommandTimeout = CommandTimeout,
            TimeoutAction = TimeoutAction,
            CancelGrace = CancelGrace,
            InterruptGrace = InterruptGrace,
            IdempotentRetries = IdempotentRetries,
            ShutdownTimeout = ShutdownTimeout,
            MaxMessageBytes = MaxMessageBytes,
            SessionIdleTime = SessionIdleTime,
            SessionSweepInterval = SessionSweepInterval,
            Contract = Contract,
            AllowCompatibleContract = AllowCompatibleContract,
            LoggerFactory = LoggerFactory,
            PythonLogLevel = PythonLogLevel,
            MeterFactory = MeterFactory,
            TimeProvider = TimeProvider,
        };

        copy.Hosts.AddRange(Hosts);
        foreach (var path in SearchPaths)
        {
            copy.SearchPaths.Add(path);
        }

        foreach (var (name, value) in Environment)
        {
            copy.Environment[name] = value;
        }

        return copy;
    }
}
