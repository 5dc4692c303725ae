using System.Runtime.InteropServices;

namespace TypedPool.Workers;

/// <summary>
/// Tells when a worker's commands have run too long. One timer serves all calls of a worker: it is left running when a
/// call ends, and set again only where it goes off too early or would go off too late, so that a call costs no timer.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="expired">Called with a call that has run too long; it has returned when <see cref="Stop"/> returns.</param>
internal sealed class CommandClock(TimeProvider time, Action<PendingCall, Stopping> expired) : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>The running commands that have a limit.</summary>
    private readonly List<Running> _running = [];

    private ITimer? _timer;

    /// <summary>When the timer goes off, as a timestamp; null while it is not set.</summary>
    private long? _alarm;

    /// <summary>A command begins.</summary>
    /// <param name="call">The call.</param>
    /// <param name="timeout">How long it may run.</param>
    /// <param name="stopping">How it is stopped then.</param>
    internal void Start(PendingCall call, TimeSpan timeout, Stopping stopping)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        lock (_gate)
        {
            var deadline = time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
            _running.Add(new Running(call, deadline, stopping));
            if (_alarm is null || _alarm > deadline)
            {
                SetAlarm(deadline, timeout);
            }
        }
    }

    /// <summary>A command has ended; nothing that was to be told of it will be told later.</summary>
    /// <param name="call">The call.</param>
    internal void Stop(PendingCall call)
    {
        lock (_gate)
        {
            for (var i = _running.Count - 1; i >= 0; i--)
            {
                if (ReferenceEquals(_running[i].Call, call))
                {
                    _running.RemoveAt(i);
                    return;
                }
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _running.Clear();
            _alarm = long.MinValue;
            _timer?.Dispose();
        }
    }

    private void SetAlarm(long deadline, TimeSpan delay)
    {
        _alarm = deadline;
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
            var now = time.GetTimestamp();
            for (var i = _running.Count - 1; i >= 0; i--)
            {
                if (_running[i] is { } running && running.Deadline <= now)
                {
                    _running.RemoveAt(i);
                    expired(running.Call, running.Stopping);
                }
            }

            if (_running.Count > 0)
            {
                var next = _running.Min(static running => running.Deadline);
                var left = time.GetElapsedTime(now, next);

                // Rounded up, since a timer that goes off a fraction early would be set for nothing.
                SetAlarm(next, left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Running(PendingCall Call, long Deadline, Stopping Stopping);
}
