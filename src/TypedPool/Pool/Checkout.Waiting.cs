namespace TypedPool.Pool;

/// <content>The callers that wait.</content>
internal sealed partial class Checkout<TWorker>
{
    private readonly WaitQueue _waiters = new();

    /// <summary>
    /// Sends every caller away, now and until a worker is ready: none can be had. In one step with the look whether one runs: a start
    /// that succeeds just then must not leave behind a worker that nobody is given.
    /// </summary>
    /// <param name="why">Makes the exception.</param>
    internal void BreakUnlessOneRuns(Func<Exception> why)
    {
        Waiter? left;
        lock (_gate)
        {
            if (_slots.Exists(static slot => slot.State is SlotState.Free or SlotState.Busy))
            {
                return;
            }

            _broken = why;
            left = UnlinkAll();
        }

        SendAway(left, why);
    }

    /// <summary>Sends every caller away, now and from now on.</summary>
    /// <param name="why">Makes the exception.</param>
    internal void Close(Func<Exception> why)
    {
        Waiter? left;
        lock (_gate)
        {
            _closed ??= why;
            left = UnlinkAll();
            DisposeClock();
        }

        SendAway(left, why);
    }

    private static void SendAway(Waiter? first, Func<Exception> why)
    {
        for (var waiter = first; waiter is not null; waiter = waiter.Next)
        {
            waiter.SendAway(why());
        }
    }

    private static void Serve(Waiter? first)
    {
        for (var waiter = first; waiter is not null; waiter = waiter.Next)
        {
            waiter.Serve();
        }
    }

    /// <summary>Adds to a chain of waiters that have left the queue, and whom nobody but the maker of the chain touches now.</summary>
    /// <returns>The new end of the chain.</returns>
    private static Waiter Chain(ref Waiter? first, Waiter? last, Waiter waiter)
    {
        if (last is null)
        {
            first = waiter;
        }
        else
        {
            last.Next = waiter;
        }

        return waiter;
    }

    /// <summary>Under the gate.</summary>
    private Waiter Enqueue(TimeSpan timeout, Func<TimeSpan, Exception> onTimeout, bool alone, long? came)
    {
        var waiter = new Waiter(this, time.GetTimestamp(), timeout, onTimeout, alone, came);
        if (came is null)
        {
            _waiters.Add(waiter);
        }
        else
        {
            _waiters.AddAgain(waiter);
        }

        LookAfter(waiter);
        return waiter;
    }

    /// <summary>Under the gate. Who is not in the queue has been served or sent away, or is about to be by whoever took him out.</summary>
    private void Unlink(Waiter waiter)
    {
        _waiters.Remove(waiter);
        StopLookingAfter(waiter);
    }

    /// <summary>Under the gate.</summary>
    private Waiter? UnlinkAll()
    {
        Waiter? first = null;
        Waiter? last = null;
        while (_waiters.First is { } waiter)
        {
            Unlink(waiter);
            last = Chain(ref first, last, waiter);
        }

        return first;
    }

    private bool Withdraw(Waiter waiter)
    {
        Waiter? served;
        lock (_gate)
        {
            if (!waiter.IsQueued)
            {
                return false;
            }

            Unlink(waiter);
            served = ServeBehind();
        }

        Serve(served);
        return true;
    }

    /// <summary>Under the gate. Callers have left who may have needed more than those behind them.</summary>
    private Waiter? ServeBehind() => Prefetch > 0 && _closed is null ? ServeFirst() : null;
}
