using Microsoft.Extensions.Logging;
using TypedPool.Sessions;
using TypedPool.Telemetry;

namespace TypedPool.Pool;

/// <summary>Sees every call come and go: for its session, for measurements, for traces, for the log.</summary>
/// <param name="pool">The pool's name.</param>
/// <param name="options">The pool's options.</param>
/// <param name="logger">Where the pool logs.</param>
internal sealed class CallObserver(string pool, PythonPoolOptions options, ILogger logger) : IDisposable
{
    private readonly TimeProvider _time = options.TimeProvider;
    private readonly CallActivities _activities = new(pool);

    /// <summary>What the pool measures.</summary>
    internal PoolMetrics Metrics { get; } = new(pool, options.MeterFactory, options.TimeProvider);

    /// <summary>The sessions.</summary>
    internal SessionTable Sessions { get; } = new(options.SessionIdleTime, options.SessionSweepInterval, options.TimeProvider);

    /// <summary>A call comes.</summary>
    /// <param name="command">The command.</param>
    /// <param name="session">Its session, or null.</param>
    /// <returns>The call, to be ended; null where nobody wants to know of it.</returns>
    internal ObservedCall? Begin(string command, string? session)
    {
        var isMeasured = Metrics.MeasuresCalls;
        var activity = _activities.HasListeners ? _activities.Start(command, session) : null;
        return session is null && !isMeasured && activity is null
            ? null
            : new ObservedCall(
                isMeasured ? Metrics : null,
                command,
                isMeasured ? _time.GetTimestamp() : 0,
                session is null ? null : Sessions.Enter(session),
                activity);
    }

    /// <summary>A call has failed. What the exception says is not logged: a command may have put anything into it.</summary>
    /// <param name="call">What <see cref="Begin"/> returned.</param>
    /// <param name="failure">Why.</param>
    /// <param name="command">The command.</param>
    /// <param name="session">Its session, or null.</param>
    internal void Failed(ObservedCall? call, Exception failure, string command, string? session)
    {
        call?.End(failure);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.CallFailed(pool, command, ErrorType.Of(failure), (failure as PythonPoolException)?.WorkerId, session);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Sessions.Dispose();
        _activities.Dispose();
        Metrics.Dispose();
    }
}
