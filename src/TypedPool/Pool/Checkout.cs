namespace TypedPool.Pool;

/// <summary>
/// Who has which worker, and who waits for one: a table of slots and a queue of callers under one lock. Callers are
/// served first come, first served; the worker that came back last goes out first. A caller is served, or leaves, in
/// one step: no worker is lost, and none is given to a caller who has left.
/// </summary>
/// <typeparam name="TWorker">The worker.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="changed">Called, outside the lock, when there may be something to do: a caller has begun to wait, a worker has left.</param>
internal sealed partial class Checkout<TWorker>(TimeProvider time, Action changed)
    where TWorker : class, IPooledWorker
{
    private readonly Lock _gate = new();

    /// <summary>Every worker from its start to its end. All counting is done here.</summary>
    private readonly List<Slot<TWorker>> _slots = [];

    /// <summary>Workers that can take a call more, the last one to come back at the end; none that the first caller who waits could have.</summary>
    private readonly List<Slot<TWorker>> _open = [];

    private Func<Exception>? _closed;
    private Func<Exception>? _broken;

    /// <summary>How many calls a worker takes at once.</summary>
    internal int CallsPerWorker { get; init; } = 1;

    /// <summary>How many calls more may wait in a worker.</summary>
    internal int Prefetch { get; init; }

    /// <summary>With fewer places than these no call waits in a worker: its caller waits, so that another worker is started.</summary>
    internal Func<int> FewestPlaces { get; init; } = static () => 0;

    /// <summary>The most callers that may wait.</summary>
    internal int QueueLimit { get; init; } = int.MaxValue;

    /// <summary>
    /// The most places that there are but for replacements. While all are taken, a caller who begins to wait changes nothing
    /// that could be acted on, and nobody is told: thousands may come.
    /// </summary>
    internal Func<int> MostPlaces { get; init; } = static () => int.MaxValue;

    /// <summary>Makes the exception for a caller that finds the queue full; given how many wait.</summary>
    internal Func<int, Exception> OnFull { get; init; } = static _ => new InvalidOperationException("The queue is full.");

    /// <summary>Takes a free worker out, where there is one: the common case, which allocates nothing.</summary>
    /// <param name="alone">The call must have its worker for itself: none waits behind it, and it waits behind none.</param>
    /// <returns>The worker's place; null where the caller has to wait, or is to be sent away.</returns>
    internal Slot<TWorker>? TryTake(bool alone = false)
    {
        lock (_gate)
        {
            return _closed is null && _broken is null ? TakeFree(alone) : null;
        }
    }

    /// <summary>Takes a worker out.</summary>
    /// <param name="timeout">How long to wait for one.</param>
    /// <param name="onTimeout">Makes the exception for a wait that was too long; given how long that was to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="alone">The call must have its worker for itself: none waits behind it, and it waits behind none.</param>
    /// <param name="came">When the caller came, as a timestamp, where he has had a worker already and is to have another one: he keeps his place, and is not refused for want of one.</param>
    /// <returns>The worker's place, to be returned with <see cref="Return"/>. To be awaited once.</returns>
    internal ValueTask<Slot<TWorker>> TakeAsync(
        TimeSpan timeout, Func<TimeSpan, Exception> onTimeout, CancellationToken cancellationToken, bool alone = false, long? came = null)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Slot<TWorker>>(cancellationToken);
        }

        Waiter waiter;
        bool isFull;
        lock (_gate)
        {
            if ((_closed ?? _broken) is { } refuse)
            {
                return ValueTask.FromException<Slot<TWorker>>(refuse());
            }

            if (TakeFree(alone) is { } slot)
            {
                return new ValueTask<Slot<TWorker>>(slot);
            }

            if (_waiters.Count >= QueueLimit && came is null)
            {
                return ValueTask.FromException<Slot<TWorker>>(OnFull(_waiters.Count));
            }

            waiter = Enqueue(timeout, onTimeout, alone, came);
            isFull = _slots.Count >= MostPlaces();
        }

        if (!isFull)
        {
            changed();
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Gives a worker back: the first caller gets it, unless it is of no more use or is to leave.</summary>
    /// <param name="slot">Its place.</param>
    /// <returns>False where it is to leave and still runs; then the caller must have it stopped.</returns>
    internal bool Return(Slot<TWorker> slot)
    {
        Waiter? served = null;
        bool mustStop;
        bool isDue;
        lock (_gate)
        {
            if (slot.Calls == 0)
            {
                return true;
            }

            slot.Calls--;
            var isOpen = slot.Worker!.IsUsable && !slot.IsRetired && _closed is null;
            if (slot.Calls == 0)
            {
                slot.IsAlone = false;
                slot.State = isOpen ? SlotState.Free : SlotState.Leaving;
            }

            // A free worker comes due by itself only after a time that the supervisor waits for already.
            isDue = !isOpen || slot.Checkouts >= slot.MostCheckouts;
            if (isOpen)
            {
                slot.FreeSince = slot.SeenAlive = time.GetTimestamp();
                served = Open(slot);
            }
            else
            {
                _open.Remove(slot);
            }

            mustStop = slot.Calls == 0 && !isOpen && slot.Worker.IsUsable;
        }

        Serve(served);
        if (isDue)
        {
            changed();
        }

        return !mustStop;
    }

    /// <summary>Under the gate. A worker that has died while it was free is left to its own end.</summary>
    private Slot<TWorker>? TakeFree(bool alone)
    {
        // Where calls may wait in workers there can be room for this caller while another one, who needs more, waits: he was first.
        while (_waiters.First is null && LeastBusy(alone) is { } slot)
        {
            if (slot.Worker!.IsUsable)
            {
                CheckOut(slot, alone);
                return slot;
            }

            _open.Remove(slot);
            slot.State = slot.Calls == 0 ? SlotState.Leaving : slot.State;
        }

        return null;
    }

    /// <summary>
    /// Under the gate. Of those with as few calls, the one that came back last; those above the size later, those in which the
    /// call would wait after all that would run it, suspected ones last of all.
    /// </summary>
    private Slot<TWorker>? LeastBusy(bool alone)
    {
        Slot<TWorker>? least = null;
        for (var i = _open.Count - 1; i >= 0 && (least is null || Rank(least) > 0); i--)
        {
            least = CanTake(_open[i], alone) && (least is null || Rank(_open[i]) < Rank(least)) ? _open[i] : least;
        }

        return least;
    }

    /// <summary>Under the gate.</summary>
    private bool CanTake(Slot<TWorker> slot, bool alone) =>
        slot.Calls < CallsPerWorker || (!alone && _slots.Count >= FewestPlaces());

    private int Rank(Slot<TWorker> slot)
    {
        var order = (slot.IsSuspect ? 4 : 0) + (slot.Calls < CallsPerWorker ? 0 : 2) + (slot.IsSurplus ? 1 : 0);
        return slot.Calls + (order * (CallsPerWorker + Prefetch));
    }

    /// <summary>Under the gate. A worker can take calls: the callers that wait come first.</summary>
    /// <returns>The callers that are to be served, the first of a chain; null where there are none.</returns>
    private Waiter? Open(Slot<TWorker> slot)
    {
        if (slot.MostCalls > 1)
        {
            _open.Remove(slot);
        }

        _open.Add(slot);
        return Prefetch > 0 ? ServeFirst() : ServeWith(slot);
    }

    /// <summary>Under the gate.</summary>
    private Waiter? ServeWith(Slot<TWorker> slot)
    {
        Waiter? served = null;
        Waiter? last = null;
        while (slot.Calls < CallsPerWorker && _waiters.First is { } waiter)
        {
            CheckOut(slot, alone: false);
            waiter.Slot = slot;
            Unlink(waiter);
            last = Chain(ref served, last, waiter);
        }

        return served;
    }

    /// <summary>Under the gate. Serves callers, the first one first, as long as there is a worker for the first one.</summary>
    /// <returns>The callers that are to be served, the first of a chain; null where there are none.</returns>
    private Waiter? ServeFirst()
    {
        Waiter? served = null;
        Waiter? last = null;
        while (_waiters.First is { } waiter && LeastBusy(waiter.IsAlone) is { } slot)
        {
            if (!slot.Worker!.IsUsable)
            {
                _open.Remove(slot);
                slot.State = slot.Calls == 0 ? SlotState.Leaving : slot.State;
                continue;
            }

            CheckOut(slot, waiter.IsAlone);
            waiter.Slot = slot;
            Unlink(waiter);
            last = Chain(ref served, last, waiter);
        }

        return served;
    }

    /// <summary>Under the gate.</summary>
    private void CheckOut(Slot<TWorker> slot, bool alone)
    {
        slot.State = SlotState.Busy;
        slot.Checkouts++;
        slot.IsAlone = alone && Prefetch > 0;
        if (++slot.Calls >= slot.MostCalls || slot.IsAlone)
        {
            _open.RemoveAt(_open.LastIndexOf(slot));
        }
    }
}
