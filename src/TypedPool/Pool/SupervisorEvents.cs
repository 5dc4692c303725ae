namespace TypedPool.Pool;

/// <summary>What a supervisor tells of.</summary>
/// <typeparam name="TWorker">The worker.</typeparam>
internal class SupervisorEvents<TWorker>
{
    /// <summary>A worker has ended.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="wasRetired">It was asked to leave.</param>
    internal virtual void Ended(TWorker worker, bool wasRetired)
    {
    }

    /// <summary>A worker is to be replaced.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="why">Why, in one word.</param>
    internal virtual void Recycled(TWorker worker, string why)
    {
    }

    /// <summary>A worker has left a ping unanswered.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="patience">How long it had.</param>
    internal virtual void Suspected(TWorker worker, TimeSpan patience)
    {
    }

    /// <summary>A worker that was suspected has answered.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="after">How long it took.</param>
    internal virtual void Trusted(TWorker worker, TimeSpan after)
    {
    }

    /// <summary>A worker could not be started.</summary>
    /// <param name="exception">Why.</param>
    /// <param name="failures">How often in a row.</param>
    /// <param name="delay">How long until the next try.</param>
    internal virtual void StartFailed(Exception exception, int failures, TimeSpan delay)
    {
    }

    /// <summary>The loop has failed, and goes on.</summary>
    /// <param name="exception">Why.</param>
    internal virtual void Failed(Exception exception)
    {
    }

    /// <summary>Makes the exception for callers while no worker can be had.</summary>
    /// <param name="exception">Why the last start failed.</param>
    /// <param name="failures">How often in a row.</param>
    /// <returns>The exception.</returns>
    internal virtual Exception Broken(Exception exception, int failures) => new InvalidOperationException("No worker can be started.", exception);
}
