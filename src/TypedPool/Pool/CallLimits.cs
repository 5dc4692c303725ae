using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// How long one call may wait, and how long it may run: each time the nearer of that clock's own limit and the call's
/// deadline. The deadline is taken by the wall clock once, when the call begins; from then on its time only passes.
/// </summary>
internal readonly struct CallLimits
{
    private readonly PythonPoolOptions _pool;
    private readonly CallOptions? _call;
    private readonly long _began;
    private readonly TimeSpan? _untilDeadline;

    internal CallLimits(PythonPoolOptions pool, CallOptions? call)
    {
        _pool = pool;
        _call = call;
        if (call?.Deadline is { } deadline)
        {
            _began = pool.TimeProvider.GetTimestamp();
            _untilDeadline = deadline - pool.TimeProvider.GetUtcNow();
        }
    }

    /// <summary>How long the call may wait for a worker from now on.</summary>
    internal TimeLimit Checkout => Nearer(_call?.CheckoutTimeout ?? _pool.CheckoutTimeout, nameof(CallOptions.CheckoutTimeout));

    /// <summary>How long the command may run from now on.</summary>
    internal TimeLimit Command => Nearer(_call?.CommandTimeout ?? _pool.CommandTimeout, nameof(CallOptions.CommandTimeout));

    /// <summary>What is left until the deadline; infinite where there is none.</summary>
    internal TimeLimit Deadline => Nearer(Timeout.InfiniteTimeSpan, nameof(CallOptions.Deadline));

    /// <summary>The time, to be given to <see cref="Since"/>.</summary>
    internal long Now => _pool.TimeProvider.GetTimestamp();

    /// <summary>How the command is stopped before its time.</summary>
    internal Stopping Stopping => new(
        _call?.CancelGrace ?? _pool.CancelGrace, _call?.InterruptGrace ?? _pool.InterruptGrace, _call?.TimeoutAction ?? _pool.TimeoutAction);

    /// <summary>Waits for something of the caller's that has been told to stop, as long as for a command.</summary>
    /// <param name="ended">Completes when it has.</param>
    /// <returns>Completes when it has, or its time is over.</returns>
    internal async Task WaitToStopAsync(Task ended)
    {
        if (!ended.IsCompleted)
        {
            await ended.WaitAsync(Stopping.UntilKill, _pool.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How long the command may run on, when it has run already.</summary>
    /// <param name="time">For how long.</param>
    /// <returns>The limit; its setting is the one whose rest it is.</returns>
    internal TimeLimit CommandAfter(TimeSpan time)
    {
        var own = _call?.CommandTimeout ?? _pool.CommandTimeout;
        var rest = own == Timeout.InfiniteTimeSpan || own > time ? own - (own == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : time) : TimeSpan.Zero;
        return Nearer(rest, nameof(CallOptions.CommandTimeout));
    }

    /// <summary>How much time has passed.</summary>
    /// <param name="moment">Since when.</param>
    /// <returns>The time.</returns>
    internal TimeSpan Since(long moment) => _pool.TimeProvider.GetElapsedTime(moment);

    private TimeLimit Nearer(TimeSpan own, string setting)
    {
        if (_untilDeadline is not { } untilDeadline)
        {
            return new TimeLimit(own, setting);
        }

        var left = untilDeadline - _pool.TimeProvider.GetElapsedTime(_began);
        if (left > PythonPoolDefaults.LongestTimeout || (own != Timeout.InfiniteTimeSpan && own <= left))
        {
            return new TimeLimit(own, setting);
        }

        return new TimeLimit(left > TimeSpan.Zero ? left : TimeSpan.Zero, nameof(CallOptions.Deadline));
    }
}
