using Microsoft.Extensions.Logging;
using TypedPool.Telemetry;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>Logs and counts what the supervisor does.</summary>
/// <param name="pool">The pool's name.</param>
/// <param name="logger">Where it logs.</param>
/// <param name="metrics">Where it counts, or null.</param>
internal sealed class PoolEvents(string pool, ILogger logger, PoolMetrics? metrics = null) : SupervisorEvents<PooledWorker>
{
    private long _losses;
    private long _recycled;
    private long _startFailures;
    private long _missedPings;

    /// <summary>How many workers were lost: died, or were killed for what they did.</summary>
    internal long Losses => Interlocked.Read(ref _losses);

    /// <summary>How many workers were replaced because their time had come.</summary>
    internal long Recycles => Interlocked.Read(ref _recycled);

    /// <summary>How many starts failed.</summary>
    internal long StartFailures => Interlocked.Read(ref _startFailures);

    /// <summary>How many pings were not answered in time.</summary>
    internal long MissedPings => Interlocked.Read(ref _missedPings);

    /// <inheritdoc />
    internal override void Ended(PooledWorker worker, bool wasRetired)
    {
        if (wasRetired || worker.Worker.Reason == CondemnReason.Stopped)
        {
            logger.WorkerLeft(worker.Id, worker.Worker.ExitCode);
            return;
        }

        Interlocked.Increment(ref _losses);
        logger.WorkerLost(worker.Id, worker.Worker.Reason.ToString(), worker.Worker.ExitCode);
        metrics?.WorkerLost(worker.Worker.Reason.ToString());
    }

    /// <inheritdoc />
    internal override void Recycled(PooledWorker worker, string why)
    {
        Interlocked.Increment(ref _recycled);
        logger.WorkerRecycled(worker.Id, why);
        metrics?.WorkerRecycled(why);
    }

    /// <inheritdoc />
    internal override void Suspected(PooledWorker worker, TimeSpan patience)
    {
        Interlocked.Increment(ref _missedPings);
        logger.PingMissed(worker.Id, patience);
        metrics?.PingMissed();
    }

    /// <inheritdoc />
    internal override void Trusted(PooledWorker worker, TimeSpan after) => logger.PingAnsweredLate(worker.Id, after);

    /// <inheritdoc />
    internal override void StartFailed(Exception exception, int failures, TimeSpan delay)
    {
        Interlocked.Increment(ref _startFailures);
        logger.StartFailed(exception, pool, failures, delay);
    }

    /// <inheritdoc />
    internal override void Failed(Exception exception) => logger.SupervisionFailed(exception, pool);

    /// <inheritdoc />
    internal override Exception Broken(Exception exception, int failures) => new PoolUnavailableException(
        $"Pool {pool} is broken: no worker runs, and {failures} starts failed in a row. It goes on trying. The last failure: {exception.Message}", exception)
    {
        PoolName = pool,
    };
}
