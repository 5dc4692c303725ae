namespace TypedPool.Pool;

/// <content>Changes that a user asks for.</content>
internal sealed partial class PoolSupervisor<TWorker>
{
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>
    /// Replaces every worker by a new one, one after another: each new one is ready before an old one leaves, and an
    /// old one leaves when it has no call. No call fails by it.
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
            var generation = Interlocked.Increment(ref _generation);
            var left = new List<Task>();
            while (Old(generation) is { } old)
            {
                Interlocked.Increment(ref _replacing);
                try
                {
                    await ReplaceAsync(old, either.Token).ConfigureAwait(false);
                    left.Add(old.Worker!.Ended);
                }
                finally
                {
                    Interlocked.Decrement(ref _replacing);
                    _wake.Set();
                }
            }

            await Task.WhenAll(left).WaitAsync(either.Token).ConfigureAwait(false);
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
            Volatile.Write(ref _size, size);
            var leaving = new List<Task>();
            foreach (var slot in TooMany(size))
            {
                if (Checkout.Retire(slot))
                {
                    Track(LetGoAsync(slot));
                }

                leaving.Add(slot.Worker!.Ended);
            }

            var starts = new List<Task>();
            for (var alive = Checkout.Count().Alive; !_settings.IsLazy && alive < size; alive++)
            {
                if (Checkout.TryReserve(size + _settings.Overflow, _generation) is { } slot)
                {
                    starts.Add(StartOneAsync(slot, _stopping.Token));
                }
            }

            starts.ForEach(Track);
            _wake.Set();
            await Task.WhenAll([.. leaving, .. starts]).WaitAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>A worker of older code, a free one first.</summary>
    private Slot<TWorker>? Old(int generation) => Checkout.Look(slot => slot)
        .Where(slot => slot is { IsRetired: false, State: SlotState.Free or SlotState.Busy } && slot.Generation < generation)
        .MinBy(slot => slot.State);

    /// <summary>The workers above the size, free ones first, the longest idle first of all.</summary>
    private List<Slot<TWorker>> TooMany(int size)
    {
        var running = Checkout.Look(slot => slot).Where(slot => slot is { IsRetired: false, State: SlotState.Free or SlotState.Busy }).ToList();
        return [.. running.OrderBy(slot => slot.State).ThenBy(slot => slot.FreeSince).Take(Math.Max(0, running.Count - size))];
    }
}
