namespace TypedPool.Pool;

/// <summary>
/// Hands out what is free, first come, first served; what came back last goes out first. A caller is served, or
/// leaves (timeout, cancellation, closing), by one step under one lock: nothing is handed to a caller who has left,
/// and nothing is lost.
/// </summary>
/// <typeparam name="T">What is handed out.</typeparam>
/// <param name="time">The clock.</param>
internal sealed class CheckoutQueue<T>(TimeProvider time)
    where T : class
{
    private readonly Lock _gate = new();

    /// <summary>Free items, the last one to come back at the end. Guarded by the gate; empty where callers wait.</summary>
    private readonly List<T> _free = [];

    /// <summary>Callers, the first one to come at the front. Guarded by the gate.</summary>
    private readonly LinkedList<Waiter> _waiters = [];

    private Func<Exception>? _closed;

    /// <summary>How many callers wait.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>How many items are free.</summary>
    internal int Free
    {
        get
        {
            lock (_gate)
            {
                return _free.Count;
            }
        }
    }

    /// <summary>Takes an item out.</summary>
    /// <param name="timeout">How long to wait for one.</param>
    /// <param name="onTimeout">Makes the exception for a wait that was too long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The item; the caller must <see cref="Return"/> it or drop it.</returns>
    internal ValueTask<T> TakeAsync(TimeSpan timeout, Func<Exception> onTimeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            if (_closed is not null)
            {
                throw _closed();
            }

            if (_free.Count > 0)
            {
                var item = _free[^1];
                _free.RemoveAt(_free.Count - 1);
                return new ValueTask<T>(item);
            }

            waiter = new Waiter(this);
            waiter.Node = _waiters.AddLast(waiter);
        }

        return new ValueTask<T>(waiter.WaitAsync(time, timeout, onTimeout, cancellationToken));
    }

    /// <summary>Adds an item, or gives one back: the first caller gets it.</summary>
    /// <param name="item">The item.</param>
    internal void Return(T item)
    {
        Waiter? first;
        lock (_gate)
        {
            if (_waiters.First is not { } node)
            {
                _free.Add(item);
                return;
            }

            first = node.Value;
            Unlink(first);
        }

        first.Serve(item);
    }

    /// <summary>Removes an item that is of no more use, where it is free.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False where it is not free.</returns>
    internal bool Remove(T item)
    {
        lock (_gate)
        {
            return _free.Remove(item);
        }
    }

    /// <summary>Sends every caller away, now and from now on.</summary>
    /// <param name="why">Makes the exception.</param>
    internal void Close(Func<Exception> why)
    {
        Waiter[] left;
        lock (_gate)
        {
            _closed ??= why;
            left = [.. _waiters];
            foreach (var waiter in left)
            {
                Unlink(waiter);
            }
        }

        foreach (var waiter in left)
        {
            waiter.SendAway(why());
        }
    }

    /// <summary>Under the gate. A waiter without a node has been served or sent away.</summary>
    private void Unlink(Waiter waiter)
    {
        _waiters.Remove(waiter.Node!);
        waiter.Node = null;
    }

    private bool Withdraw(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Node is null)
            {
                return false;
            }

            Unlink(waiter);
            return true;
        }
    }

    /// <summary>A caller in the queue.</summary>
    private sealed class Waiter(CheckoutQueue<T> queue)
    {
        private readonly TaskCompletionSource<T> _served = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal LinkedListNode<Waiter>? Node { get; set; }

        internal async Task<T> WaitAsync(TimeProvider time, TimeSpan timeout, Func<Exception> onTimeout, CancellationToken cancellationToken)
        {
            await using var timer = time.CreateTimer(_ => Leave(onTimeout), null, timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            await using var cancellation = cancellationToken
                .UnsafeRegister((_, token) => Leave(() => new OperationCanceledException(token)), null).ConfigureAwait(false);
            return await _served.Task.ConfigureAwait(false);
        }

        internal void Serve(T item) => _served.SetResult(item);

        internal void SendAway(Exception why) => _served.SetException(why);

        private void Leave(Func<Exception> why)
        {
            if (queue.Withdraw(this))
            {
                SendAway(why());
            }
        }
    }
}
