namespace TypedPool.Pool;

/// <summary>Counts the calls that are in the pool, so that a stop can wait for the last of them.</summary>
internal sealed class RunningCalls
{
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The calls, and one more until the pool is closed: so it reaches zero once, and nobody enters afterwards.</summary>
    private int _count = 1;

    private int _isClosed;

    /// <summary>A call comes.</summary>
    /// <returns>False where the pool is closed.</returns>
    internal bool TryEnter()
    {
        if (Volatile.Read(ref _isClosed) != 0)
        {
            return false;
        }

        var count = Volatile.Read(ref _count);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>A call goes.</summary>
    internal void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _none.TrySetResult();
        }
    }

    /// <summary>Lets no more calls in.</summary>
    /// <returns>Completes when the last call has gone.</returns>
    internal Task Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Leave();
        }

        return _none.Task;
    }
}
