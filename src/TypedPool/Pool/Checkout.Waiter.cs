namespace TypedPool.Pool;

/// <content>A caller that waits.</content>
internal sealed partial class Checkout<TWorker>
{
    /// <summary>A caller in the queue.</summary>
    private sealed class Waiter(Checkout<TWorker> checkout, long since)
    {
        private readonly TaskCompletionSource<Slot<TWorker>> _served = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal long Since { get; } = since;

        internal LinkedListNode<Waiter>? Node { get; set; }

        internal async Task<Slot<TWorker>> WaitAsync(
            TimeProvider time, TimeSpan timeout, Func<Exception> onTimeout, CancellationToken cancellationToken)
        {
            await using var timer = time.CreateTimer(_ => Leave(onTimeout), null, timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            await using var cancellation = cancellationToken
                .UnsafeRegister((_, token) => Leave(() => new OperationCanceledException(token)), null).ConfigureAwait(false);
            return await _served.Task.ConfigureAwait(false);
        }

        internal void Serve(Slot<TWorker> slot) => _served.SetResult(slot);

        internal void SendAway(Exception why) => _served.SetException(why);

        private void Leave(Func<Exception> why)
        {
            if (checkout.Withdraw(this))
            {
                SendAway(why());
            }
        }
    }
}
