namespace TypedPool.Pool;

/// <content>A caller that waits.</content>
internal sealed partial class Checkout<TWorker>
{
    /// <summary>A caller in the queue.</summary>
    private sealed class Waiter(Checkout<TWorker> checkout, long since)
    {
        private readonly TaskCompletionSource<Slot<TWorker>> _served = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Kept here, and not in what would have to be allocated for the timer: thousands may wait.</summary>
        private Func<Exception>? _onTimeout;

        internal long Since { get; } = since;

        internal LinkedListNode<Waiter>? Node { get; set; }

        internal async Task<Slot<TWorker>> WaitAsync(
            TimeProvider time, TimeSpan timeout, Func<Exception> onTimeout, CancellationToken cancellationToken)
        {
            _onTimeout = onTimeout;
            await using var timer = time.CreateTimer(static it => ((Waiter)it!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            await using var cancellation = cancellationToken
                .UnsafeRegister(static (it, token) => ((Waiter)it!).Cancel(token), this).ConfigureAwait(false);
            return await _served.Task.ConfigureAwait(false);
        }

        internal void Serve(Slot<TWorker> slot) => _served.SetResult(slot);

        internal void SendAway(Exception why) => _served.SetException(why);

        private void TimeOut()
        {
            if (checkout.Withdraw(this))
            {
                SendAway(_onTimeout!());
            }
        }

        private void Cancel(CancellationToken cancellationToken)
        {
            if (checkout.Withdraw(this))
            {
                SendAway(new OperationCanceledException(cancellationToken));
            }
        }
    }
}
