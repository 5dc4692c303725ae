namespace TypedPool.Workers;

/// <summary>
/// Tells when a worker's command has run too long. One timer serves all calls of a worker: it is left running when a
/// call ends, and set again only where it goes off too early or would go off too late, so that a call costs no timer.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="expired">Called when a command has run too long; it has returned when <see cref="Stop"/> returns.</param>
internal sealed class CommandClock(TimeProvider time, Action expired) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;

    /// <summary>When the running command must end, as a timestamp; null while none runs, or one without limit.</summary>
    private long? _deadline;

    /// <summary>When the timer goes off, as a timestamp; null while it is not set.</summary>
    private long? _alarm;

    /// <summary>A command begins.</summary>
    /// <param name="timeout">How long it may run.</param>
    internal void Start(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        lock (_gate)
        {
            _deadline = time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
            if (_alarm is null || _alarm > _deadline)
            {
                SetAlarm(timeout);
            }
        }
    }

    /// <summary>The command has ended; nothing that was to be told of it will be told later.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _deadline = null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _deadline = null;
            _alarm = long.MinValue;
            _timer?.Dispose();
        }
    }

    private void SetAlarm(TimeSpan delay)
    {
        _alarm = _deadline;
        if (_timer is null)
        {
            // The timer outlives the call: what flows with the call must not stay with it.
            using var _ = ExecutionContext.SuppressFlow();
            _timer = time.CreateTimer(static clock => ((CommandClock)clock!).OnAlarm(), this, delay, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnAlarm()
    {
        lock (_gate)
        {
            _alarm = null;
            if (_deadline is not { } deadline)
            {
                return;
            }

            var left = time.GetElapsedTime(time.GetTimestamp(), deadline);
            if (left > TimeSpan.Zero)
            {
                // Rounded up, since a timer that goes off a fraction early would be set for nothing.
                SetAlarm(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
                return;
            }

            _deadline = null;
            expired();
        }
    }
}
