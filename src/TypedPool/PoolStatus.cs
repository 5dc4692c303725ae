namespace TypedPool;

/// <summary>A pool at one moment.</summary>
public sealed record PoolStatus
{
    /// <summary>The pool's name.</summary>
    public required string Name { get; init; }

    /// <summary>How it does, judged by the figures below.</summary>
    public required PoolHealth Health { get; init; }

    /// <summary>How many workers are to be kept: <see cref="PythonPoolOptions.Size"/>, or what it was changed to.</summary>
    public required int Size { get; init; }

    /// <summary>The workers that run or are being started, in the order in which they were started.</summary>
    public required ValueList<WorkerStatus> Workers { get; init; }

    /// <summary>How many callers wait for a worker.</summary>
    public required int Waiting { get; init; }

    /// <summary>How long the first of them has waited.</summary>
    public required TimeSpan LongestWait { get; init; }

    /// <summary>How many workers have left a ping unanswered for <see cref="PythonPoolOptions.HealthTimeout"/>, and have not answered since.</summary>
    public required int Suspects { get; init; }

    /// <summary>How many sessions go on.</summary>
    public required int Sessions { get; init; }

    /// <summary>How many workers were lost since the start: died, or were killed for what they did.</summary>
    public required long Losses { get; init; }

    /// <summary>How many pings since the start were not answered within <see cref="PythonPoolOptions.HealthTimeout"/>.</summary>
    public required long MissedPings { get; init; }

    /// <summary>How many workers were replaced since the start because they had reached a limit.</summary>
    public required long Recycles { get; init; }

    /// <summary>How many starts of a worker failed since the start.</summary>
    public required long StartFailures { get; init; }

    /// <summary>Why the last start of a worker failed; null since a start has succeeded.</summary>
    public required string? LastStartFailure { get; init; }

    /// <summary>How long the pool has run.</summary>
    public required TimeSpan Uptime { get; init; }
}
