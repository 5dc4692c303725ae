namespace TypedPool;

/// <summary>A worker at one moment.</summary>
public sealed record WorkerStatus
{
    /// <summary>Its id; null while it is being started.</summary>
    public required string? Id { get; init; }

    /// <summary>Its process; null while it is being started.</summary>
    public required int? ProcessId { get; init; }

    /// <summary>What it does.</summary>
    public required WorkerState State { get; init; }

    /// <summary>How long it has been ready.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How many calls it was given.</summary>
    public required long Calls { get; init; }

    /// <summary>How many of its calls wait for another one of its calls (<see cref="PythonPoolOptions.Prefetch"/>).</summary>
    public required int Prefetched { get; init; }

    /// <summary>How many bytes of memory it occupies; 0 where that is not known.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Whether it has left a ping unanswered for <see cref="PythonPoolOptions.HealthTimeout"/>, and has not answered since.</summary>
    public required bool IsSuspect { get; init; }

    /// <summary>How long ago it last gave a sign of life: became ready, ended a call, or answered a ping.</summary>
    public required TimeSpan SinceSeenAlive { get; init; }

    /// <summary>How long it took to answer the last ping that it answered; null before the first.</summary>
    public required TimeSpan? PingTime { get; init; }
}
