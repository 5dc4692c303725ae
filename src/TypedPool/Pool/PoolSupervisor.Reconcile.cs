namespace TypedPool.Pool;

/// <content>What is wanted, and what is done about it.</content>
internal sealed partial class PoolSupervisor<TWorker>
{
    /// <summary>When free workers were looked at last, as a timestamp.</summary>
    private long _lookedAt;

    /// <summary>Replacements that run now.</summary>
    private int _replacing;

    /// <summary>At most one worker, or a tenth of them, is replaced at a time.</summary>
    private int MostReplacements => Math.Max(1, Size / 10);

    /// <summary>Acts on the difference between what is and what is wanted. One caller at a time: the loop, or a test in its place.</summary>
    /// <returns>How long until something comes due by itself.</returns>
    internal TimeSpan Reconcile()
    {
        var due = Longest;
        due = Least(due, StartMissing());
        due = Least(due, LetIdleGo());
        due = Least(due, ReplaceDue());
        return due;
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private TimeSpan StartMissing()
    {
        var counts = Checkout.Count();
        var most = Size + _settings.Overflow;
        var wanted = _settings.IsLazy ? Math.Min(Size, counts.Busy + counts.Waiting) : Size;
        var due = Longest;
        if (counts.Waiting > 0 && counts.Alive < most)
        {
            // Callers for whom a worker is being started already are not counted twice.
            var unserved = counts.Waiting - counts.Starting;
            if (counts.LongestWait >= _settings.OverflowDelay)
            {
                wanted = Math.Max(wanted, Math.Min(most, counts.Alive + Math.Max(0, unserved)));
            }
            else if (counts.Alive >= wanted)
            {
                due = _settings.OverflowDelay - counts.LongestWait;
            }
        }

        if (counts.Alive >= wanted)
        {
            return due;
        }

        var wait = UntilNextTry(out var isProbe);
        if (wait > TimeSpan.Zero)
        {
            return Least(due, wait);
        }

        // After a failure one start is tried before many.
        var missing = !isProbe ? wanted - counts.Alive : counts.Starting > 0 ? 0 : 1;
        for (var i = 0; i < missing && Checkout.TryReserve(most + _replacing, _generation) is { } slot; i++)
        {
            Track(StartInBackgroundAsync(slot));
        }

        return due;
    }

    private TimeSpan UntilNextTry(out bool isProbe)
    {
        lock (_gate)
        {
            isProbe = _failures > 0;
            return isProbe ? _time.GetElapsedTime(_time.GetTimestamp(), _notBefore) : TimeSpan.Zero;
        }
    }

    private async Task StartInBackgroundAsync(Slot<TWorker> slot) =>
        await StartOneAsync(slot, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Workers above the size leave when they have been free for long enough, the longest idle first.</summary>
    private TimeSpan LetIdleGo()
    {
        var tooMany = Checkout.Count().Alive - Size - _replacing;
        if (tooMany <= 0)
        {
            return Longest;
        }

        var due = Longest;
        var now = _time.GetTimestamp();
        var free = Checkout.Look(slot => slot).Where(slot => slot.State == SlotState.Free).OrderBy(slot => slot.FreeSince).Take(tooMany);
        foreach (var slot in free)
        {
            var left = _settings.OverflowIdleTime - _time.GetElapsedTime(slot.FreeSince, now);
            if (left > TimeSpan.Zero)
            {
                due = Least(due, left);
            }
            else if (Checkout.Retire(slot))
            {
                Track(LetGoAsync(slot));
            }
        }

        return due;
    }

    /// <summary>Workers that have served their time are replaced: the new one is ready before the old one leaves.</summary>
    private TimeSpan ReplaceDue()
    {
        var due = Longest;
        var now = _time.GetTimestamp();
        if (_settings.MaxMemoryBytes is not null)
        {
            var looked = _settings.HealthInterval - _time.GetElapsedTime(_lookedAt, now);
            if (looked > TimeSpan.Zero)
            {
                due = looked;
            }
            else
            {
                _lookedAt = now;
                due = _settings.HealthInterval;
            }
        }

        var isTimeToLook = _lookedAt == now;
        foreach (var slot in Checkout.Look(slot => slot).Where(slot => slot is { IsRetired: false, State: SlotState.Free or SlotState.Busy }))
        {
            var age = _time.GetElapsedTime(slot.ReadySince, now);
            var why = slot.Checkouts >= slot.MostCheckouts ? "calls"
                : age >= slot.MostAge ? "age"
                : isTimeToLook && slot.Worker!.ResidentBytes > _settings.MaxMemoryBytes ? "memory"
                : null;
            if (why is null)
            {
                due = slot.MostAge is { } most ? Least(due, most - age) : due;
            }
            else if (_replacing < MostReplacements && UntilNextTry(out _) <= TimeSpan.Zero)
            {
                _events.Recycled(slot.Worker!, why);
                Track(ReplaceInBackgroundAsync(slot));
            }
            else if (_replacing == 0)
            {
                due = Least(due, UntilNextTry(out _));
            }
        }

        return due;
    }

    private async Task ReplaceInBackgroundAsync(Slot<TWorker> slot)
    {
        // Marked at once, so that it is not found due again; it goes on serving until its successor is ready.
        slot.MostCheckouts = null;
        slot.MostAge = null;
        Interlocked.Increment(ref _replacing);
        try
        {
            await ReplaceAsync(slot, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The failure has been told; the old worker serves on and is due again.
            slot.MostCheckouts = Spread(_settings.MaxCalls);
            slot.MostAge = _settings.MaxAge;
        }
        finally
        {
            Interlocked.Decrement(ref _replacing);
            _wake.Set();
        }
    }

    /// <summary>Starts a successor, above the size for a moment, and lets the old worker leave once it has no call.</summary>
    private async Task ReplaceAsync(Slot<TWorker> old, CancellationToken cancellationToken)
    {
        if (Checkout.TryReserve(Size + _settings.Overflow + MostReplacements, _generation) is { } slot)
        {
            await StartOneAsync(slot, cancellationToken).ConfigureAwait(false);
        }

        if (Checkout.Retire(old))
        {
            await LetGoAsync(old).ConfigureAwait(false);
        }
    }
}
