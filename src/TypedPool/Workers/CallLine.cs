namespace TypedPool.Workers;

/// <summary>
/// The calls of a worker that runs one at a time, in the order in which it has got them: one that it runs, others that
/// wait for that. From when the first one has ended the next one's time passes, and not earlier.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="clock">Counts the time of the call that runs. What it tells must not come back here.</param>
/// <param name="waited">
/// Called with a call that has waited too long, and its id; it may have been started, or have ended and be used again as another
/// call, meanwhile.
/// </param>
internal sealed class CallLine(TimeProvider time, CommandClock clock, Action<PendingCall, long> waited) : IDisposable
{
    private readonly Lock _gate = new();
    private PendingCall? _running;
    private PendingCall? _first;
    private PendingCall? _last;
    private ITimer? _timer;

    /// <summary>When the timer goes off, as a timestamp: not later than the first is to leave. Null while it is not set.</summary>
    private long? _alarm;

    private bool _isDisposed;

    /// <summary>A call is about to be sent, after all that have been.</summary>
    /// <param name="call">The call.</param>
    internal void Enter(PendingCall call)
    {
        lock (_gate)
        {
            if (_running is null)
            {
                _running = call;
                clock.Start(call, call.Limit!.Value.Time, call.Stopping);
                return;
            }

            call.IsWaiting = true;
            call.WaitsSince = time.GetTimestamp();
            Link(call);
            if (call.Wait.Left != Timeout.InfiniteTimeSpan && LeavesAt(call) is var leaves && (_alarm is null || _alarm > leaves))
            {
                SetAlarm(leaves, call.Wait.Left);
            }
        }
    }

    /// <summary>A call has ended, in whatever way: nothing is told of it any more.</summary>
    /// <param name="call">The call.</param>
    internal void Leave(PendingCall call)
    {
        lock (_gate)
        {
            if (call.IsWaiting)
            {
                Unlink(call);
            }
            else if (ReferenceEquals(_running, call))
            {
                _running = _first;
                if (_first is { } next)
                {
                    Unlink(next);
                    next.Limit = LimitOf(next);
                    clock.Start(next, next.Limit.Value.Time, next.Stopping);
                }
            }
        }
    }

    /// <summary>Whether a call waits for another one.</summary>
    /// <param name="call">The call.</param>
    /// <returns>Whether it does.</returns>
    internal bool IsWaiting(PendingCall call)
    {
        lock (_gate)
        {
            return call.IsWaiting;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    /// <summary>The time that a call has which begins now: its deadline has come nearer while it waited.</summary>
    private TimeLimit LimitOf(PendingCall call)
    {
        var own = call.Limit!.Value;
        if (call.Wait.UntilDeadline == Timeout.InfiniteTimeSpan)
        {
            return own;
        }

        var left = call.Wait.UntilDeadline - time.GetElapsedTime(call.WaitsSince);
        return own.Time != Timeout.InfiniteTimeSpan && own.Time <= left && !own.IsDeadline
            ? own
            : new TimeLimit(left > TimeSpan.Zero ? left : TimeSpan.Zero, nameof(CallOptions.Deadline));
    }

    private long LeavesAt(PendingCall call) => call.WaitsSince + (long)(call.Wait.Left.TotalSeconds * time.TimestampFrequency);

    private void Link(PendingCall call)
    {
        call.Previous = _last;
        if (_last is null)
        {
            _first = call;
        }
        else
        {
            _last.Next = call;
        }

        _last = call;
    }

    private void Unlink(PendingCall call)
    {
        if (call.Previous is null)
        {
            _first = call.Next;
        }
        else
        {
            call.Previous.Next = call.Next;
        }

        if (call.Next is null)
        {
            _last = call.Previous;
        }
        else
        {
            call.Next.Previous = call.Previous;
        }

        call.Previous = call.Next = null;
        call.IsWaiting = false;
    }

    private void SetAlarm(long alarm, TimeSpan delay)
    {
        if (_isDisposed)
        {
            return;
        }

        _alarm = alarm;
        if (_timer is not null)
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
            return;
        }

        // The timer outlives the call: what flows with the call must not stay with it.
        using var _ = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(static it => ((CallLine)it!).OnAlarm(), this, delay, Timeout.InfiniteTimeSpan);
    }

    private void OnAlarm()
    {
        List<(PendingCall Call, long Id)> late = [];
        lock (_gate)
        {
            _alarm = null;
            var now = time.GetTimestamp();
            long? next = null;
            for (var call = _first; call is not null; call = call.Next)
            {
                if (call.Wait.Left == Timeout.InfiniteTimeSpan)
                {
                    continue;
                }

                var leaves = LeavesAt(call);
                if (leaves <= now)
                {
                    late.Add((call, call.Id));
                    call.Wait = call.Wait with { Left = Timeout.InfiniteTimeSpan };
                }
                else if (next is null || leaves < next)
                {
                    next = leaves;
                }
            }

            if (next is { } alarm)
            {
                // Rounded up, since a timer that goes off a fraction early would be set for nothing.
                var left = time.GetElapsedTime(now, alarm);
                SetAlarm(alarm, left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
            }
        }

        late.ForEach(it => waited(it.Call, it.Id));
    }
}
