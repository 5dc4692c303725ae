using Microsoft.Extensions.Logging;

namespace TypedPool.Workers;

/// <summary>What all workers of a pool share.</summary>
/// <param name="PoolName">The pool's name.</param>
/// <param name="Contract">The contract that a worker must have, or null.</param>
/// <param name="MaxMessageBytes">The largest message in either direction.</param>
/// <param name="StartTimeout">How long a start may take.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Logger">Where the pool logs.</param>
/// <param name="OutputLogger">Where the lines that workers print go.</param>
internal sealed record WorkerSettings(
    string PoolName,
    PythonContract? Contract,
    int MaxMessageBytes,
    TimeSpan StartTimeout,
    TimeProvider TimeProvider,
    ILogger Logger,
    ILogger OutputLogger)
{
    /// <summary>Whether a worker may have a contract that differs in what is compatible.</summary>
    internal bool AllowCompatibleContract { get; init; }
}
