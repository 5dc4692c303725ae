using System.Runtime.ExceptionServices;

namespace TypedPool.Pool;

/// <content>Changes that a user asks for.</content>
internal sealed partial class PoolSupervisor<TWorker>
{
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>
    /// Replaces every worker by a new one, one (or a tenth of them) at a time: each new one is ready before an old one
    /// leaves, and an old one leaves when it has no call. No call fails by it.
    /// </summary>
    /// <param name="cancellationToken">Ends it in the middle; workers that were replaced stay replaced.</param>
    /// <returns>Completes when no old worker is left.</returns>
    /// <exception cref="Exception">A new worker could not be started; the old ones that were left go on.</exception>
    internal async Task RecycleAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
            either.Token.ThrowIfCancellationRequested();
            try
            {
                await RollAsync(either.Token).ConfigureAwait(false);
            }
            catch
            {
                // What is still being started would be nobody's to give up.
                await either.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Changes how many workers are kept.</summary>
    /// <param name="size">The new size.</param>
    /// <param name="cancellationToken">Gives up waiting; the size is changed all the same.</param>
    /// <returns>Completes when the new workers are ready, or those that are too many have gone.</returns>
    /// <exception cref="Exception">A new worker could not be started; the supervisor goes on trying.</exception>
    internal async Task ResizeAsync(int size, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
            either.Token.ThrowIfCancellationRequested();
            var before = LastFailure;
            var missing = _settings.IsLazy ? 0 : size - Checkout.Count().Alive;
            var places = Places(size, missing);
            Volatile.Write(ref _size, size);
            var changes = places.ConvertAll(place => StartOneAsync(place, _stopping.Token));
            changes.ForEach(Track);
            foreach (var slot in TooMany(size))
            {
                if (Checkout.Retire(slot))
                {
                    Track(LetGoAsync(slot));
                }

                changes.Add(slot.GivenUp);
            }

            _wake.Set();
            await Task.WhenAll(changes).WaitAsync(either.Token).ConfigureAwait(false);
            while (missing > places.Count && Checkout.Count() is var counts && counts.Free + counts.Busy < Size)
            {
                // There was no place for all of them: the loop starts the rest when there is.
                if (LastFailure is { } failure && !ReferenceEquals(failure, before))
                {
                    ExceptionDispatchInfo.Throw(failure);
                }

                await _changed.WaitAsync(Longest, either.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task RollAsync(CancellationToken cancellationToken)
    {
        var generation = Interlocked.Increment(ref _generation);
        var replacements = new List<Task>();
        var hasFailed = false;
        while (!Volatile.Read(ref hasFailed) && Old(generation, out var isStarting) is var old && (old is not null || isStarting))
        {
            if (old is not null && TryReserveSuccessor(old) is { } place)
            {
                replacements.Add(ReplaceAsync(old, place, () => Volatile.Write(ref hasFailed, true), cancellationToken));
                Track(replacements[^1]);
            }
            else
            {
                await _changed.WaitAsync(Longest, cancellationToken).ConfigureAwait(false);
            }
        }

        await foreach (var replacement in Task.WhenEach(replacements).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await replacement.ConfigureAwait(false);
        }
    }

    /// <summary>Takes places for new workers before anybody learns of the new size: so the loop does not start them as well.</summary>
    private List<Slot<TWorker>> Places(int size, int missing)
    {
        var places = new List<Slot<TWorker>>();
        while (places.Count < missing && Checkout.TryReserve(size + _settings.Overflow, _generation) is { } place)
        {
            places.Add(place);
        }

        return places;
    }

    /// <summary>A worker of older code, a free one first; and whether one is being started that may have read that.</summary>
    private Slot<TWorker>? Old(int generation, out bool isStarting)
    {
        // In one look: whichever is just becoming ready is one or the other.
        var older = Checkout.Look(slot => (Slot: slot, slot.State, IsReplaceable: IsReplaceable(slot))).Where(it => it.Slot.Generation < generation).ToList();
        isStarting = older.Exists(static it => it.State == SlotState.Starting);
        return older.Where(static it => it.IsReplaceable).OrderBy(static it => it.State).Select(static it => it.Slot).FirstOrDefault();
    }

    /// <summary>The workers above the size, free ones first, the longest idle first of all.</summary>
    private List<Slot<TWorker>> TooMany(int size)
    {
        var running = Checkout.Look(slot => slot).Where(slot => slot is { IsRetired: false, State: SlotState.Free or SlotState.Busy }).ToList();
        return [.. running.OrderBy(slot => slot.State).ThenBy(slot => slot.FreeSince).Take(Math.Max(0, running.Count - size))];
    }
}
