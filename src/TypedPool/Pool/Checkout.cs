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

    /// <summary>Callers, the first one to come at the front.</summary>
    private readonly LinkedList<Waiter> _waiters = [];

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

    /// <summary>Takes a place for a worker that is about to be started.</summary>
    /// <param name="limit">The most places.</param>
    /// <param name="generation">The code that the worker will run.</param>
    /// <returns>The place; null where there is none, or the checkout is closed.</returns>
    internal Slot<TWorker>? TryReserve(int limit, int generation)
    {
        lock (_gate)
        {
            if (_closed is not null || _slots.Count >= limit)
            {
                return null;
            }

            var slot = new Slot<TWorker>(generation);
            _slots.Add(slot);
            return slot;
        }
    }

    /// <summary>Takes a place for the successor of a worker, in one step with the right to replace it.</summary>
    /// <param name="old">The worker's place.</param>
    /// <param name="limit">The most places.</param>
    /// <param name="atATime">How many workers may be replaced at a time.</param>
    /// <param name="generation">The code that the successor will run.</param>
    /// <returns>The place; null where there is none, as many as may be are being replaced, this one is, or it leaves already.</returns>
    internal Slot<TWorker>? TryReserveSuccessor(Slot<TWorker> old, int limit, int atATime, int generation)
    {
        lock (_gate)
        {
            if (old.HasSuccessor || old.State == SlotState.Leaving || _slots.Count(slot => slot.HasSuccessor) >= atATime
                || TryReserve(limit, generation) is not { } place)
            {
                return null;
            }

            old.HasSuccessor = true;
            return place;
        }
    }

    /// <summary>The successor of a worker could not be started: it serves on, and may be replaced again.</summary>
    /// <param name="slot">The worker's place.</param>
    internal void Keep(Slot<TWorker> slot)
    {
        lock (_gate)
        {
            slot.HasSuccessor = false;
        }

        changed();
    }

    /// <summary>A worker is ready: the first caller gets it.</summary>
    /// <param name="slot">Its place.</param>
    /// <param name="worker">The worker.</param>
    /// <returns>False where the checkout is closed; then the worker is the caller's to stop, and keeps its place until it is removed.</returns>
    internal bool TryFill(Slot<TWorker> slot, TWorker worker)
    {
        List<Waiter>? served;
        lock (_gate)
        {
            slot.Worker = worker;
            slot.ReadySince = slot.FreeSince = slot.SeenAlive = time.GetTimestamp();
            if (_closed is not null)
            {
                slot.State = SlotState.Leaving;
                return false;
            }

            slot.State = SlotState.Free;
            served = Open(slot);
        }

        served?.ForEach(waiter => waiter.Serve(slot));
        return true;
    }

    /// <summary>A worker could not be started, or nothing of it is left.</summary>
    /// <param name="slot">Its place, which is given up.</param>
    internal void Remove(Slot<TWorker> slot)
    {
        lock (_gate)
        {
            _slots.Remove(slot);
            _open.Remove(slot);
            slot.State = SlotState.Leaving;
        }

        slot.GiveUp();
        changed();
    }

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
    /// <param name="onTimeout">Makes the exception for a wait that was too long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The worker's place, to be returned with <see cref="Return"/>.</returns>
    internal ValueTask<Slot<TWorker>> TakeAsync(TimeSpan timeout, Func<Exception> onTimeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        bool isFull;
        lock (_gate)
        {
            if ((_closed ?? _broken) is { } refuse)
            {
                throw refuse();
            }

            if (TakeFree() is { } slot)
            {
                return new ValueTask<Slot<TWorker>>(slot);
            }

            if (_waiters.Count >= QueueLimit)
            {
                throw OnFull(_waiters.Count);
            }

            waiter = new Waiter(this, time.GetTimestamp());
            waiter.Node = _waiters.AddLast(waiter);
            isFull = _slots.Count >= MostPlaces();
        }

        if (!isFull)
        {
            changed();
        }

        return new ValueTask<Slot<TWorker>>(waiter.WaitAsync(time, timeout, onTimeout, cancellationToken));
    }

    /// <summary>Gives a worker back: the first caller gets it, unless it is of no more use or is to leave.</summary>
    /// <param name="slot">Its place.</param>
    /// <returns>False where it is to leave and still runs; then the caller must have it stopped.</returns>
    internal bool Return(Slot<TWorker> slot)
    {
        List<Waiter>? served = null;
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

        served?.ForEach(waiter => waiter.Serve(slot));
        if (isDue)
        {
            changed();
        }

        return !mustStop;
    }

    /// <summary>A worker is to leave: at once where it is free, else when it comes back.</summary>
    /// <param name="slot">Its place.</param>
    /// <returns>True where it was free, and is the caller's to stop.</returns>
    internal bool Retire(Slot<TWorker> slot)
    {
        lock (_gate)
        {
            if (slot.State == SlotState.Leaving || !slot.Worker!.IsUsable)
            {
                // It leaves already, and not because it was asked to.
                return false;
            }

            slot.IsRetired = true;
            _open.Remove(slot);
            if (slot.State != SlotState.Free)
            {
                return false;
            }

            slot.State = SlotState.Leaving;
            return true;
        }
    }

    /// <summary>A worker has died: it is handed to nobody any more.</summary>
    /// <param name="slot">Its place, which it keeps until it is removed.</param>
    internal void Lose(Slot<TWorker> slot)
    {
        lock (_gate)
        {
            if (_open.Remove(slot) && slot.Calls == 0)
            {
                slot.State = SlotState.Leaving;
            }
        }

        changed();
    }

    /// <summary>The counts, all of one moment.</summary>
    /// <returns>The counts.</returns>
    internal CheckoutCounts Count()
    {
        lock (_gate)
        {
            return Counted();
        }
    }

    /// <summary>Looks at every slot in one moment.</summary>
    /// <typeparam name="T">What is made of a slot.</typeparam>
    /// <param name="look">Makes it; runs under the lock, and so must be short.</param>
    /// <returns>What was made, in the order of the slots.</returns>
    internal List<T> Look<T>(Func<Slot<TWorker>, T> look) => Look(look, out _);

    /// <summary>Looks at every slot, and counts, in one moment.</summary>
    /// <typeparam name="T">What is made of a slot.</typeparam>
    /// <param name="look">Makes it; runs under the lock, and so must be short.</param>
    /// <param name="counts">The counts.</param>
    /// <returns>What was made, in the order of the slots.</returns>
    internal List<T> Look<T>(Func<Slot<TWorker>, T> look, out CheckoutCounts counts)
    {
        lock (_gate)
        {
            counts = Counted();
            return [.. _slots.Select(look)];
        }
    }

    /// <summary>Sends every caller away, now and until <see cref="Mend"/>: there is no worker, and none can be had.</summary>
    /// <param name="why">Makes the exception.</param>
    internal void Break(Func<Exception> why) => SendAllAway(() => _broken = why, why);

    /// <summary>Callers may wait again.</summary>
    internal void Mend()
    {
        lock (_gate)
        {
            _broken = null;
        }
    }

    /// <summary>Sends every caller away, now and from now on.</summary>
    /// <param name="why">Makes the exception.</param>
    internal void Close(Func<Exception> why) => SendAllAway(() => _closed ??= why, why);

    private void SendAllAway(Action mark, Func<Exception> why)
    {
        Waiter[] left;
        lock (_gate)
        {
            mark();
            left = [.. _waiters];
            foreach (var waiter in left)
            {
                Unlink(waiter);
            }
        }

        foreach (var waiter in left)
        {
            waiter.SendAway(why());
        }
    }

    /// <summary>Under the gate.</summary>
    private CheckoutCounts Counted()
    {
        int starting = 0, free = 0, busy = 0, leaving = 0, suspect = 0, replacing = 0, calls = 0;
        foreach (var slot in _slots)
        {
            free += slot.State == SlotState.Free ? 1 : 0;
            calls += slot.Calls;
            starting += slot.State == SlotState.Starting ? 1 : 0;
            busy += slot.State == SlotState.Busy ? 1 : 0;
            leaving += slot.State == SlotState.Leaving ? 1 : 0;
            suspect += slot is { State: SlotState.Free or SlotState.Busy, IsSuspect: true } ? 1 : 0;
            replacing += slot.HasSuccessor ? 1 : 0;
        }

        var longest = _waiters.First is { } first ? time.GetElapsedTime(first.Value.Since) : TimeSpan.Zero;
        return new CheckoutCounts(starting, free, busy, leaving, _waiters.Count, longest, suspect, replacing) { Calls = calls };
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

    /// <summary>Under the gate. Of those with as few calls, the one that came back last; suspected ones last of all.</summary>
    private Slot<TWorker>? LeastBusy()
    {
        var least = _open.Count > 0 ? _open[^1] : null;
        for (var i = _open.Count - 2; i >= 0 && Rank(least!) > 0; i--)
        {
            least = Rank(_open[i]) < Rank(least!) ? _open[i] : least;
        }

        return least;
    }

    private int Rank(Slot<TWorker> slot) => slot.Calls + (slot.IsSuspect ? CallsPerWorker : 0);

    /// <summary>Under the gate. A worker can take calls: the callers that wait come first.</summary>
    /// <returns>The callers that are to be served; null where there are none.</returns>
    private List<Waiter>? Open(Slot<TWorker> slot)
    {
        if (CallsPerWorker > 1)
        {
            _open.Remove(slot);
        }

        _open.Add(slot);
        List<Waiter>? served = null;
        while (slot.Calls < CallsPerWorker && _waiters.First is { } node)
        {
            CheckOut(slot);
            Unlink(node.Value);
            (served ??= []).Add(node.Value);
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

    /// <summary>Under the gate. A waiter without a node has been served or sent away.</summary>
    private void Unlink(Waiter waiter)
    {
        _waiters.Remove(waiter.Node!);
        waiter.Node = null;
    }

    private bool Withdraw(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Node is null)
            {
                return false;
            }

            Unlink(waiter);
            return true;
        }
    }
}
