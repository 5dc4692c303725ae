namespace TypedPool.Pool;

/// <summary>What a supervisor keeps to.</summary>
internal sealed record SupervisorSettings
{
    /// <summary>How many workers are kept.</summary>
    internal required int Size { get; init; }

    /// <summary>How many more may run under load.</summary>
    internal int Overflow { get; init; }

    /// <summary>How many calls a worker takes at once.</summary>
    internal int CallsPerWorker { get; init; } = 1;

    /// <summary>How many calls more may wait in a worker.</summary>
    internal int Prefetch { get; init; }

    /// <summary>How long a caller has to wait before one more worker is started for it.</summary>
    internal TimeSpan OverflowDelay { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>How long a worker above the size may be free before it leaves.</summary>
    internal TimeSpan OverflowIdleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker that is let go may take to leave by itself.</summary>
    internal TimeSpan LeaveTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Workers are started only when callers wait for them.</summary>
    internal bool IsLazy { get; init; }

    /// <summary>After how many calls a worker is replaced; null for never.</summary>
    internal long? MaxCalls { get; init; }

    /// <summary>At what age a worker is replaced; null for never.</summary>
    internal TimeSpan? MaxAge { get; init; }

    /// <summary>Above how much resident memory a worker is replaced; null for never.</summary>
    internal long? MaxMemoryBytes { get; init; }

    /// <summary>How often the workers' memory is looked at, and how long a free worker is left alone before it is pinged.</summary>
    internal TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a free worker may take to answer a ping before it is suspected.</summary>
    internal TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how many failed starts in a row, with no worker left, callers are sent away at once.</summary>
    internal int BrokenAfter { get; init; } = 5;

    /// <summary>How long to wait after failed starts in a row.</summary>
    internal Func<int, TimeSpan> Backoff { get; init; } = Pool.Backoff.After;

    /// <summary>Spreads limits, so that workers started together are not replaced together: from 0 to 1.</summary>
    internal Func<double> Jitter { get; init; } = static () => 0;
}
