using Microsoft.Extensions.Logging;
using TypedPool.SharedMemory;
using TypedPool.Telemetry;

namespace TypedPool.Workers;

/// <summary>What all workers of a pool share.</summary>
/// <param name="PoolName">The pool's name.</param>
/// <param name="Contract">The contract that a worker must have, or null.</param>
/// <param name="MaxMessageBytes">The largest message in either direction.</param>
/// <param name="StartTimeout">How long a start may take.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Logger">Where the pool logs.</param>
/// <param name="Output">Where what workers print and log goes.</param>
internal sealed record WorkerSettings(
    string PoolName,
    PythonContract? Contract,
    int MaxMessageBytes,
    TimeSpan StartTimeout,
    TimeProvider TimeProvider,
    ILogger Logger,
    OutputLoggers Output)
{
    /// <summary>Whether a worker may have a contract that differs in what is compatible.</summary>
    internal bool AllowCompatibleContract { get; init; }

    /// <summary>Whether calls may wait in a worker that can bear it.</summary>
    internal bool Prefetch { get; init; }

    /// <summary>Memory that is lent to workers for what is large; null where there is none.</summary>
    internal SegmentPool? Memory { get; init; }

    /// <summary>The functions that commands may call.</summary>
    internal IReadOnlyList<PythonHost> Hosts { get; init; } = [];

    /// <summary>Counts what workers print and log, and what is not logged; null where nobody does.</summary>
    internal Action<long>? OutputDropped { get; init; }
}
