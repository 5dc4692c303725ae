namespace TypedPool.Pool;

/// <content>What is wanted, and what is done about it.</content>
internal sealed partial class PoolSupervisor<TWorker>
{
    /// <summary>When the workers' memory was looked at last, as a timestamp.</summary>
    private long _lookedAt;

    /// <summary>Acts on the difference between what is and what is wanted. One caller at a time: the loop, or a test in its place.</summary>
    /// <returns>How long until something comes due by itself.</returns>
    internal TimeSpan Reconcile()
    {
        var due = Longest;
        due = Least(due, StartMissing());
        due = Least(due, LetIdleGo());
        due = Least(due, ReplaceDue());
        due = Least(due, PingFree());
        return due;
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private TimeSpan StartMissing()
    {
        var counts = Checkout.Count();
        var most = Size + _settings.Overflow;
        var wanted = _settings.IsLazy ? Math.Min(Size, Math.Max(counts.Busy, WorkersFor(counts.Calls + counts.Waiting))) : Size;
        var due = Longest;
        if (counts.Waiting > 0 && counts.Alive < most)
        {
            // Callers for whom a worker is being started already are not counted twice.
            var unserved = counts.Waiting - (counts.Starting * _settings.CallsPerWorker);
            if (counts.LongestWait >= _settings.OverflowDelay)
            {
                wanted = Math.Max(wanted, Math.Min(most, counts.Alive + WorkersFor(Math.Max(0, unserved))));
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
        for (var i = 0; i < missing && Checkout.TryReserve(most + (counts.Replacing > 0 ? Surge : 0), _generation) is { } slot; i++)
        {
            Track(StartInBackgroundAsync(slot));
        }

        return due;
    }

    private int WorkersFor(int calls) => (calls + _settings.CallsPerWorker - 1) / _settings.CallsPerWorker;

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
        var counts = Checkout.Count();
        var tooMany = counts.Alive - Size - counts.Replacing;
        Checkout.MarkSurplus(tooMany);
        if (tooMany <= 0)
        {
            return Longest;
        }

        // One that is busy now cannot have been free for long enough before that time has passed.
        var due = _settings.OverflowIdleTime;
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

    /// <summary>Workers that have served their time are replaced, free ones first.</summary>
    private TimeSpan ReplaceDue()
    {
        var due = LookAtMemory();
        var now = _time.GetTimestamp();
        foreach (var slot in Checkout.Look(slot => slot).Where(IsReplaceable).OrderBy(slot => slot.State))
        {
            var age = _time.GetElapsedTime(slot.ReadySince, now);
            var why = slot.Checkouts >= slot.MostCheckouts ? "calls"
                : age >= slot.MostAge ? "age"
                : slot.SeenBytes > slot.MostBytes ? "memory"
                : null;
            if (why is null)
            {
                due = slot.MostAge is { } most ? Least(due, most - age) : due;
            }
            else if (UntilNextTry(out _) is var wait && wait > TimeSpan.Zero)
            {
                due = Least(due, wait);
            }
            else if (TryReserveSuccessor(slot) is { } place)
            {
                _events.Recycled(slot.Worker!, why);
                Track(ReplaceInBackgroundAsync(slot, place));
            }
        }

        return due;
    }

    /// <returns>How long until the workers' memory is to be looked at again.</returns>
    private TimeSpan LookAtMemory()
    {
        if (_settings.MaxMemoryBytes is null)
        {
            return Longest;
        }

        var now = _time.GetTimestamp();
        var left = _settings.HealthInterval - _time.GetElapsedTime(_lookedAt, now);
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        _lookedAt = now;
        foreach (var slot in Checkout.Look(slot => slot).Where(IsReplaceable))
        {
            slot.SeenBytes = slot.Worker!.ResidentBytes;
        }

        return _settings.HealthInterval;
    }

    private static bool IsReplaceable(Slot<TWorker> slot) =>
        slot is { IsRetired: false, HasSuccessor: false, State: SlotState.Free or SlotState.Busy };
}
