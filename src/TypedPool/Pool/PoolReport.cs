namespace TypedPool.Pool;

/// <summary>Makes the status of a pool.</summary>
internal static class PoolReport
{
    /// <summary>The workers, all of one moment; their memory is asked for afterwards, since that takes longer.</summary>
    /// <param name="checkout">Where they are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="counts">Workers and callers, counted in the same moment.</param>
    /// <returns>The workers in the order in which they were started.</returns>
    internal static ValueList<WorkerStatus> Workers(Checkout<PooledWorker> checkout, TimeProvider time, out CheckoutCounts counts)
    {
        var now = time.GetTimestamp();
        var seen = checkout.Look(
            slot => (slot.Worker, Status: new WorkerStatus
            {
                Id = slot.Worker?.Id,
                ProcessId = slot.Worker?.Worker.ProcessId,
                State = (WorkerState)slot.State,
                Age = slot.Worker is null ? TimeSpan.Zero : time.GetElapsedTime(slot.ReadySince, now),
                Calls = slot.Checkouts,
                Prefetched = Math.Max(0, slot.Calls - checkout.CallsPerWorker),
                MemoryBytes = 0,
                IsSuspect = slot.IsSuspect,
                SinceSeenAlive = slot.Worker is null ? TimeSpan.Zero : time.GetElapsedTime(slot.SeenAlive, now),
                PingTime = slot.PingTime,
            }),
            out counts);
        return seen.Select(each => each.Status with { MemoryBytes = each.Worker?.ResidentBytes ?? 0 }).ToValueList();
    }

    /// <summary>Judges a pool by its figures.</summary>
    /// <param name="workers">Its workers.</param>
    /// <param name="size">How many are to be kept.</param>
    /// <param name="isLazy">Whether fewer may run while nobody asks for more.</param>
    /// <param name="lastFailure">Why the last start failed, or null.</param>
    /// <param name="isStopping">Whether it stops or has stopped.</param>
    /// <returns>The judgement.</returns>
    internal static PoolHealth Judge(ValueList<WorkerStatus> workers, int size, bool isLazy, Exception? lastFailure, bool isStopping)
    {
        var running = workers.Count(worker => worker.State is WorkerState.Free or WorkerState.Busy);
        var suspect = workers.Count(worker => worker is { State: WorkerState.Free or WorkerState.Busy, IsSuspect: true });
        var mayHaveNone = running == 0 && isLazy && lastFailure is null;
        return isStopping || (running == suspect && !mayHaveNone) ? PoolHealth.Unhealthy
            : lastFailure is not null || suspect > 0 || (running < size && !isLazy) ? PoolHealth.Degraded
            : PoolHealth.Healthy;
    }
}
