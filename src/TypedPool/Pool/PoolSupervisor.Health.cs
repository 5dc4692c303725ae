namespace TypedPool.Pool;

/// <content>Whether free workers still answer. None is killed for it: only its exit, the end of its channel or a deadline does that.</content>
internal sealed partial class PoolSupervisor<TWorker>
{
    /// <summary>Pings each free worker that has given no sign of life for the interval, and suspects one that has not answered in time.</summary>
    /// <returns>How long until one of these comes due.</returns>
    private TimeSpan PingFree()
    {
        var due = Longest;
        var now = _time.GetTimestamp();
        foreach (var slot in Checkout.Look(slot => slot))
        {
            due = Least(due, slot.State switch
            {
                SlotState.Free when slot.IsSuspect => Longest,
                SlotState.Free when slot.PingedAt is { } pinged => AwaitPing(slot, _time.GetElapsedTime(Math.Max(pinged, slot.FreeSince), now)),
                SlotState.Free => PingWhenDue(slot, _time.GetElapsedTime(slot.SeenAlive, now)),

                // It comes back now at the earliest: nobody needs to wake the loop then.
                SlotState.Busy => Least(_settings.HealthInterval, _settings.HealthTimeout),
                _ => Longest,
            });
        }

        return due;
    }

    private TimeSpan AwaitPing(Slot<TWorker> slot, TimeSpan waited)
    {
        if (waited < _settings.HealthTimeout)
        {
            return _settings.HealthTimeout - waited;
        }

        if (Checkout.TrySuspect(slot, _settings.HealthTimeout))
        {
            _events.Suspected(slot.Worker!, _settings.HealthTimeout);
        }

        return Longest;
    }

    private TimeSpan PingWhenDue(Slot<TWorker> slot, TimeSpan silent)
    {
        if (silent < _settings.HealthInterval)
        {
            return _settings.HealthInterval - silent;
        }

        if (Checkout.TryPing(slot))
        {
            Track(PingAsync(slot));
        }

        return _settings.HealthTimeout;
    }

    private async Task PingAsync(Slot<TWorker> slot)
    {
        if (await slot.Worker!.PingAsync().ConfigureAwait(false) && Checkout.Answered(slot))
        {
            _events.Trusted(slot.Worker, slot.PingTime ?? TimeSpan.Zero);
        }

        _wake.Set();
    }
}
