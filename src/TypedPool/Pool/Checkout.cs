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

    /// <summary>Workers that can take a call more, the last one to come back at the end; empty while callers wait.</summary>
    private readonly List<Slot<TWorker>> _open = [];

    private Func<Exception>? _closed;
    private Func<Exception>? _broken;

    /// <summary>How many calls a worker takes at once.</summary>
    internal int CallsPerWorker { get; init; } = 1;

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
    /// <returns>The worker's place; null where the caller has to wait, or is to be sent away.</returns>
    internal Slot<TWorker>? TryTake()
    {
        lock (_gate)
        {
            return _closed is null && _broken is null ? TakeFree() : null;
        }
    }

    /// <summary>Takes a worker out.</summary>
    /// <param name="timeout">How long to wait for one.</param>
    /// <param name="onTimeout">Makes the exception for a wait that was too long; given how long that was to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The worker's place, to be returned with <see cref="Return"/>. To be awaited once.</returns>
    internal ValueTask<Slot<TWorker>> TakeAsync(TimeSpan timeout, Func<TimeSpan, Exception> onTimeout, CancellationToken cancellationToken)
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

            if (TakeFree() is { } slot)
            {
                return new ValueTask<Slot<TWorker>>(slot);
            }

            if (_waiters.Count >= QueueLimit)
            {
                return ValueTask.FromException<Slot<TWorker>>(OnFull(_waiters.Count));
            }

            waiter = Enqueue(timeout, onTimeout);
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

        Serve(served, slot);
        if (isDue)
        {
            changed();
        }

        return !mustStop;
    }

    /// <summary>Under the gate. A worker that has died while it was free is left to its own end.</summary>
    private Slot<TWorker>? TakeFree()
    {
        while (LeastBusy() is { } slot)
        {
            if (slot.Worker!.IsUsable)
            {
                CheckOut(slot);
                return slot;
            }

            _open.Remove(slot);
            slot.State = slot.Calls == 0 ? SlotState.Leaving : slot.State;
        }

        return null;
    }

    /// <summary>Under the gate. Of those with as few calls, the one that came back last; those above the size later, suspected ones last of all.</summary>
    private Slot<TWorker>? LeastBusy()
    {
        var least = _open.Count > 0 ? _open[^1] : null;
        for (var i = _open.Count - 2; i >= 0 && Rank(least!) > 0; i--)
        {
            least = Rank(_open[i]) < Rank(least!) ? _open[i] : least;
        }

        return least;
    }

    private int Rank(Slot<TWorker> slot) => slot.Calls + (slot.IsSuspect ? 2 * CallsPerWorker : 0) + (slot.IsSurplus ? CallsPerWorker : 0);

    /// <summary>Under the gate. A worker can take calls: the callers that wait come first.</summary>
    /// <returns>The callers that are to be served, the first of a chain; null where there are none.</returns>
    private Waiter? Open(Slot<TWorker> slot)
    {
        if (CallsPerWorker > 1)
        {
            _open.Remove(slot);
        }

        _open.Add(slot);
        Waiter? served = null;
        Waiter? last = null;
        while (slot.Calls < CallsPerWorker && _waiters.First is { } waiter)
        {
            CheckOut(slot);
            Unlink(waiter);
            last = Chain(ref served, last, waiter);
        }

        return served;
    }

    /// <summary>Under the gate.</summary>
    private void CheckOut(Slot<TWorker> slot)
    {
        slot.State = SlotState.Busy;
        slot.Checkouts++;
        if (++slot.Calls >= CallsPerWorker)
        {
            _open.RemoveAt(_open.LastIndexOf(slot));
        }
    }
}
