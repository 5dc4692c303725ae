namespace TypedPool.Pool;

/// <content>What the table says at one moment.</content>
internal sealed partial class Checkout<TWorker>
{
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

        var longest = _waiters.First is { } first ? time.GetElapsedTime(first.Since) : TimeSpan.Zero;
        return new CheckoutCounts(starting, free, busy, leaving, _waiters.Count, longest, suspect, replacing) { Calls = calls };
    }
}
