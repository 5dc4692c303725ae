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

    /// <summary>The pool's name in logs and exceptions.</summary>
    /// <value>Default: null, meaning <see cref="Module"/>.</value>
    public string? Name { get; set; }

    /// <summary>How many workers are kept.</summary>
    /// <value>Default: the number of processors. 1 to 1,000.</value>
    public int Size { get; set; } = System.Environment.ProcessorCount;

    /// <summary>
    /// How many threads a worker's numeric libraries may use (OpenMP, OpenBLAS, MKL, BLIS, Accelerate, numexpr, Numba,
    /// Rayon, Polars): sets <c>OMP_NUM_THREADS</c> and its kin in the workers' environment. A variable that the host has,
    /// or that stands in <see cref="Environment"/>, is left as it is.
    /// </summary>
    /// <value>Default: null, meaning the number of processors divided by <see cref="Size"/>, and at least 1. 1 to 1,024.</value>
    public int? ThreadsPerWorker { get; set; }

    /// <summary>How long a worker may take to start, the import of the user's module included.</summary>
    /// <value>Default: 30 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan StartTimeout { get; set; } = PythonPoolDefaults.StartTimeout;

    /// <summary>How long a call waits for a free worker.</summary>
    /// <value>Default: 25 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan CheckoutTimeout { get; set; } = PythonPoolDefaults.CheckoutTimeout;

    /// <summary>How long a command may run before its worker is killed.</summary>
    /// <value>Default: 90 s. Above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan CommandTimeout { get; set; } = PythonPoolDefaults.CommandTimeout;

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

    /// <summary>The contract that the workers must have.</summary>
    /// <value>Default: null, any contract; generated code sets its own.</value>
    public string? Contract { get; set; }

    /// <summary>Where the pool logs, and what its workers write to standard error.</summary>
    /// <value>Default: nowhere.</value>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The pool's clock.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

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
            ThreadsPerWorker = ThreadsPerWorker,
            StartTimeout = StartTimeout,
            CheckoutTimeout = CheckoutTimeout,
            CommandTimeout = CommandTimeout,
            IdempotentRetries = IdempotentRetries,
            ShutdownTimeout = ShutdownTimeout,
            MaxMessageBytes = MaxMessageBytes,
            Contract = Contract,
            LoggerFactory = LoggerFactory,
            TimeProvider = TimeProvider,
        };

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
