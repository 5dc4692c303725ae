namespace TypedPool.Pool;

/// <content>
/// How long callers wait. One timer looks after all who leave in the order in which they came, as they do where all wait
/// equally long: it is set for the first of them, left running when he is served, and set again when it goes off. Only who
/// is to leave before somebody in front of him has a timer of his own.
/// </content>
internal sealed partial class Checkout<TWorker>
{
    private ITimer? _clock;

    /// <summary>When the clock goes off, as a timestamp: not later than the first of those that it looks after is to leave. Null while it is not set.</summary>
    private long? _alarm;

    /// <summary>How many waiters the clock looks after.</summary>
    private int _onClock;

    /// <summary>When the last of them is to leave, as a timestamp.</summary>
    private long _lastLeaves;

    /// <summary>Under the gate.</summary>
    private long LeavesAt(Waiter waiter) => waiter.Since + (long)(waiter.Timeout.TotalSeconds * time.TimestampFrequency);

    /// <summary>Under the gate. The waiter has just joined the queue.</summary>
    private void LookAfter(Waiter waiter)
    {
        if (waiter.Timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        var leaves = LeavesAt(waiter);
        if ((_onClock > 0 && leaves < _lastLeaves) || waiter.Next is not null)
        {
            using var _ = ExecutionContext.SuppressFlow();
            waiter.Timer = time.CreateTimer(it => TimeOut((Waiter)it!), waiter, waiter.Timeout, Timeout.InfiniteTimeSpan);
            return;
        }

        waiter.IsOnClock = true;
        _onClock++;
        _lastLeaves = leaves;
        if (_alarm is null || _alarm > leaves)
        {
            SetClock(leaves, waiter.Timeout);
        }
    }

    /// <summary>Under the gate. The waiter leaves the queue.</summary>
    private void StopLookingAfter(Waiter waiter)
    {
        _onClock -= waiter.IsOnClock ? 1 : 0;
        waiter.Timer?.Dispose();
        waiter.Timer = null;
    }

    /// <summary>Under the gate.</summary>
    private void SetClock(long alarm, TimeSpan delay)
    {
        _alarm = alarm;
        if (_clock is not null)
        {
            _clock.Change(delay, Timeout.InfiniteTimeSpan);
            return;
        }

        // It outlives the call: what flows with that must not stay with the timer.
        using var _ = ExecutionContext.SuppressFlow();
        _clock = time.CreateTimer(static it => ((Checkout<TWorker>)it!).OnClock(), this, delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Under the gate. The checkout is closed: nobody will wait any more.</summary>
    private void DisposeClock()
    {
        _clock?.Dispose();
        _clock = null;
    }

    private void OnClock()
    {
        Waiter? late = null;
        Waiter? served;
        lock (_gate)
        {
            _alarm = null;
            var now = time.GetTimestamp();
            Waiter? last = null;
            for (var waiter = _waiters.First; waiter is not null && _onClock > 0;)
            {
                var next = waiter.Next;
                if (waiter.IsOnClock)
                {
                    if (LeavesAt(waiter) is var leaves && leaves > now)
                    {
                        // Rounded up, since a timer that goes off a fraction early would be set for nothing.
                        var left = time.GetElapsedTime(now, leaves);
                        SetClock(leaves, left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
                        break;
                    }

                    Unlink(waiter);
                    last = Chain(ref late, last, waiter);
                }

                waiter = next;
            }

            served = ServeBehind();
        }

        Serve(served);

        for (var waiter = late; waiter is not null; waiter = waiter.Next)
        {
            waiter.TimeOut();
        }
    }

    private void TimeOut(Waiter waiter)
    {
        if (Withdraw(waiter))
        {
            waiter.TimeOut();
        }
    }
}
