namespace TypedPool.Pool;

/// <summary>Wakes one loop: any number of signals before it waits are one.</summary>
/// <param name="time">The clock.</param>
internal sealed class WakeSignal(TimeProvider time)
{
    /// <summary>No timer takes more than 49 days; what is further off is waited for without one.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes the loop, now or as soon as it waits.</summary>
    internal void Set()
    {
        lock (_gate)
        {
            _signal.TrySetResult();
        }
    }

    /// <summary>Waits for a signal, or for the time to pass.</summary>
    /// <param name="longest">How long to wait at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Completes when there is a signal or the time has passed.</returns>
    internal async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task signal;
        lock (_gate)
        {
            signal = _signal.Task;
        }

        await signal.WaitAsync(longest > LongestTimer ? Timeout.InfiniteTimeSpan : longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_signal.Task.IsCompleted)
            {
                _signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
