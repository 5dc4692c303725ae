namespace TypedPool.Pool;

/// <content>
/// Replacing a worker: its successor is ready before it leaves. At most one worker, or a tenth of them, is being
/// replaced at a time, from the start of its successor until nothing of the old one is left; and only one worker at all
/// may run above the size and its overflow meanwhile.
/// </content>
internal sealed partial class PoolSupervisor<TWorker>
{
    private const int Surge = 1;

    private Slot<TWorker>? TryReserveSuccessor(Slot<TWorker> old) =>
        Checkout.TryReserveSuccessor(old, Size + _settings.Overflow + Surge, Math.Max(1, Size / 10), _generation);

    private async Task ReplaceInBackgroundAsync(Slot<TWorker> old, Slot<TWorker> place) =>
        await ReplaceAsync(old, place, failed: null, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Starts the successor, and lets the old worker leave once it has no call.</summary>
    /// <param name="old">The old worker's place.</param>
    /// <param name="place">The successor's.</param>
    /// <param name="failed">Called where the successor could not be started, before the old one may be replaced again; or null.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>Completes when nothing of the old one is left.</returns>
    /// <exception cref="Exception">The successor could not be started; the old one serves on, and may be replaced again.</exception>
    private async Task ReplaceAsync(Slot<TWorker> old, Slot<TWorker> place, Action? failed, CancellationToken cancellationToken)
    {
        try
        {
            await StartOneAsync(place, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            failed?.Invoke();
            Checkout.Keep(old);
            throw;
        }

        if (Checkout.Retire(old))
        {
            Track(LetGoAsync(old));
        }

        await old.GivenUp.ConfigureAwait(false);
    }
}
