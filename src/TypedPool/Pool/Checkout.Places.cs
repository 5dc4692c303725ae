namespace TypedPool.Pool;

/// <content>The places of workers, from before their start to when nothing of them is left.</content>
internal sealed partial class Checkout<TWorker>
{
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

    /// <summary>A worker is ready: the first caller gets it, and callers may wait again.</summary>
    /// <param name="slot">Its place.</param>
    /// <param name="worker">The worker.</param>
    /// <returns>False where the checkout is closed; then the worker is the caller's to stop, and keeps its place until it is removed.</returns>
    internal bool TryFill(Slot<TWorker> slot, TWorker worker)
    {
        Waiter? served;
        lock (_gate)
        {
            slot.Worker = worker;
            slot.MostCalls = CallsPerWorker + (worker.CanPrefetch ? Prefetch : 0);
            slot.ReadySince = slot.FreeSince = slot.SeenAlive = time.GetTimestamp();
            if (_closed is not null)
            {
                slot.State = SlotState.Leaving;
                return false;
            }

            slot.State = SlotState.Free;
            _broken = null;
            served = Open(slot);
        }

        Serve(served);
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

    /// <summary>Says how many workers there are above the size: the last ones that were started. They get calls after all others.</summary>
    /// <param name="count">How many.</param>
    internal void MarkSurplus(int count)
    {
        lock (_gate)
        {
            for (var i = _slots.Count - 1; i >= 0; i--)
            {
                _slots[i].IsSurplus = count > 0 && _slots[i].State != SlotState.Leaving;
                count -= _slots[i].IsSurplus ? 1 : 0;
            }
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
}
