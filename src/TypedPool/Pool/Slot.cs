namespace TypedPool.Pool;

/// <summary>A place for a worker: taken before the worker is started, given up when nothing of it is left.</summary>
/// <typeparam name="TWorker">The worker.</typeparam>
/// <param name="generation">Which code the worker runs: all of a lower one are rolled over.</param>
internal sealed class Slot<TWorker>(int generation)
    where TWorker : class
{
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Which code the worker runs.</summary>
    internal int Generation { get; } = generation;

    /// <summary>Completes when the place has been given up, and everybody has been told of the worker's end.</summary>
    internal Task GivenUp => _givenUp.Task;

    /// <summary>Where the worker stands. Guarded by the checkout's gate, as all that follows.</summary>
    internal SlotState State { get; set; } = SlotState.Starting;

    /// <summary>The worker, once it is ready.</summary>
    internal TWorker? Worker { get; set; }

    /// <summary>When it became ready, as a timestamp.</summary>
    internal long ReadySince { get; set; }

    /// <summary>When it became free, as a timestamp.</summary>
    internal long FreeSince { get; set; }

    /// <summary>How many calls it has.</summary>
    internal int Calls { get; set; }

    /// <summary>How many calls it may have, with those that wait in it. Set when it becomes ready.</summary>
    internal int MostCalls { get; set; }

    /// <summary>The call that it has must have it for itself.</summary>
    internal bool IsAlone { get; set; }

    /// <summary>How often it was checked out.</summary>
    internal long Checkouts { get; set; }

    /// <summary>After how many checkouts it is due to be replaced; null for never.</summary>
    internal long? MostCheckouts { get; set; }

    /// <summary>At what age it is due to be replaced; null for never.</summary>
    internal TimeSpan? MostAge { get; set; }

    /// <summary>Above how much memory it is due to be replaced, in bytes; null for never.</summary>
    internal long? MostBytes { get; set; }

    /// <summary>How much memory it occupied when it was looked at last, in bytes.</summary>
    internal long SeenBytes { get; set; }

    /// <summary>It is to leave as soon as it has no call.</summary>
    internal bool IsRetired { get; set; }

    /// <summary>It is above the size: calls go to others first, so that it is free, and can leave, as soon as those can take them all.</summary>
    internal bool IsSurplus { get; set; }

    /// <summary>It is being replaced, from the start of its successor until nothing of it is left: so it is not due again.</summary>
    internal bool HasSuccessor { get; set; }

    /// <summary>When it last gave a sign of life, as a timestamp: became ready, ended a call, answered a ping.</summary>
    internal long SeenAlive { get; set; }

    /// <summary>When it was sent the ping that it has not answered yet, as a timestamp; null where there is none.</summary>
    internal long? PingedAt { get; set; }

    /// <summary>How long the last ping took that was answered.</summary>
    internal TimeSpan? PingTime { get; set; }

    /// <summary>It has not answered a ping in time, nor since.</summary>
    internal bool IsSuspect { get; set; }

    /// <summary>The place has been given up.</summary>
    internal void GiveUp() => _givenUp.TrySetResult();
}
