using System.Threading.Tasks.Sources;

namespace TypedPool.Pool;

/// <content>A caller that waits.</content>
internal sealed partial class Checkout<TWorker>
{
    /// <summary>
    /// A caller in the queue, and its wait. One object that has no timer and no task of its own: thousands may wait, and what
    /// each of them holds has left the processor's caches, and been moved by the garbage collector, when its turn comes.
    /// </summary>
    private sealed class Waiter(Checkout<TWorker> checkout, long since, TimeSpan timeout, Func<TimeSpan, Exception> onTimeout, bool alone, long? came)
        : IValueTaskSource<Slot<TWorker>>
    {
        private ManualResetValueTaskSourceCore<Slot<TWorker>> _served = new() { RunContinuationsAsynchronously = true };
        private CancellationTokenRegistration _cancellation;

        /// <summary>Its neighbours in the queue; of those that are about to be served, the one after it. Guarded by the gate.</summary>
        internal Waiter? Previous { get; set; }

        /// <inheritdoc cref="Previous" />
        internal Waiter? Next { get; set; }

        /// <summary>Whether it has neither been served nor sent away. Guarded by the gate.</summary>
        internal bool IsQueued { get; set; }

        /// <summary>Whether the queue's clock looks after it. Guarded by the gate.</summary>
        internal bool IsOnClock { get; set; }

        /// <summary>The timer that it needs where the queue's clock cannot look after it. Guarded by the gate.</summary>
        internal ITimer? Timer { get; set; }

        /// <summary>Whether it must have its worker for itself.</summary>
        internal bool IsAlone { get; } = alone;

        /// <summary>What it is served with. Set under the gate when it leaves the queue for that.</summary>
        internal Slot<TWorker>? Slot { get; set; }

        /// <summary>When its caller came, as a timestamp: before it waits, where he has had a worker already.</summary>
        internal long Came { get; } = came ?? since;

        /// <summary>Since when it waits, as a timestamp.</summary>
        internal long Since { get; } = since;

        /// <summary>How long it waits at the most.</summary>
        internal TimeSpan Timeout { get; } = timeout;

        /// <summary>The end of its wait. To be awaited once.</summary>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>Completes when it has been served, or fails when it was sent away.</returns>
        internal ValueTask<Slot<TWorker>> WaitAsync(CancellationToken cancellationToken)
        {
            if (cancellationToken.CanBeCanceled)
            {
                _cancellation = cancellationToken.UnsafeRegister(static (it, token) => ((Waiter)it!).Cancel(token), this);
            }

            return new ValueTask<Slot<TWorker>>(this, _served.Version);
        }

        internal void Serve() => _served.SetResult(Slot!);

        internal void SendAway(Exception why) => _served.SetException(why);

        /// <summary>Its time is over, and it is not in the queue any more.</summary>
        internal void TimeOut() => SendAway(onTimeout(Timeout));

        Slot<TWorker> IValueTaskSource<Slot<TWorker>>.GetResult(short token)
        {
            _cancellation.Dispose();
            return _served.GetResult(token);
        }

        ValueTaskSourceStatus IValueTaskSource<Slot<TWorker>>.GetStatus(short token) => _served.GetStatus(token);

        void IValueTaskSource<Slot<TWorker>>.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _served.OnCompleted(continuation, state, token, flags);

        private void Cancel(CancellationToken cancellationToken)
        {
            if (checkout.Withdraw(this))
            {
                SendAway(new OperationCanceledException(cancellationToken));
            }
        }
    }
}
