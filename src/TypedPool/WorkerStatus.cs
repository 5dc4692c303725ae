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

    /// <summary>How many bytes of memory it occupies; 0 where that is not known.</summary>
    public required long MemoryBytes { get; init; }
}
