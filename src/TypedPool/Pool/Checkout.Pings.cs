namespace TypedPool.Pool;

/// <content>What is known of free workers that were asked for a sign of life.</content>
internal sealed partial class Checkout<TWorker>
{
    /// <summary>A free worker is about to be pinged, and may be checked out all the same.</summary>
    /// <param name="slot">Its place.</param>
    /// <returns>False where it is not free any more, or has a ping to answer already.</returns>
    internal bool TryPing(Slot<TWorker> slot)
    {
        lock (_gate)
        {
            if (slot.State != SlotState.Free || slot.PingedAt is not null)
            {
                return false;
            }

            slot.PingedAt = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>A worker has answered its ping.</summary>
    /// <param name="slot">Its place.</param>
    /// <returns>Whether it had been suspected.</returns>
    internal bool Answered(Slot<TWorker> slot)
    {
        lock (_gate)
        {
            slot.SeenAlive = time.GetTimestamp();
            slot.PingTime = time.GetElapsedTime(slot.PingedAt ?? slot.SeenAlive, slot.SeenAlive);
            slot.PingedAt = null;
            var wasSuspect = slot.IsSuspect;
            slot.IsSuspect = false;
            return wasSuspect;
        }
    }

    /// <summary>Suspects a free worker that has left a ping unanswered: it is given calls last. While it has a call, its deadline judges it.</summary>
    /// <param name="slot">Its place.</param>
    /// <param name="patience">How long it may take to answer, without a call.</param>
    /// <returns>False where it has answered, has a call, or still has time.</returns>
    internal bool TrySuspect(Slot<TWorker> slot, TimeSpan patience)
    {
        lock (_gate)
        {
            if (slot is not { State: SlotState.Free, IsSuspect: false, PingedAt: { } pinged }
                || time.GetElapsedTime(Math.Max(pinged, slot.FreeSince)) < patience)
            {
                return false;
            }

            slot.IsSuspect = true;
            return true;
        }
    }
}
