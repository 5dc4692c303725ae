namespace TypedPool.Workers;

/// <content>
/// Resting: between two calls nothing is read, so that the next caller finds his answer, or waits for it, by himself: to
/// have had the operating system watch for it already costs more than all the rest of a small call. Where no call comes
/// for a moment, what comes is read in the background again.
/// </content>
internal sealed partial class WorkerConnection
{
    /// <summary>How long nothing is read where no call comes; up to twice as long. Nothing that is promised waits for it.</summary>
    private static readonly TimeSpan RestTime = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider? _restClock;
    private ITimer? _restTimer;
    private int _isTimed;

    /// <summary>The last call at the last look. Only the timer looks at it.</summary>
    private long _lastSeen;

    /// <summary>Gives the role back without having a read under way.</summary>
    /// <returns>False where something has to be read now; then the caller still holds the role.</returns>
    private bool TryRest()
    {
        if (_restClock is null || !_buffer.Unread.IsEmpty || !_reader.TryLeaveRole())
        {
            return false;
        }

        // Whoever wants something read has left a sign of it before it found the role held.
        if (_closing.IsCancellationRequested || HasPending())
        {
            ThreadPool.UnsafeQueueUserWorkItem(static it => it.Listen(), this, preferLocal: false);
        }
        else if (Interlocked.CompareExchange(ref _isTimed, 1, 0) == 0)
        {
            SetTimer();
        }

        return true;
    }

    /// <summary>Has what comes be read in the background, unless somebody reads already.</summary>
    private void Listen()
    {
        if (_restClock is not null && _reader.TryTakeRole())
        {
            ReleaseRole();
        }
    }

    private bool HasPending()
    {
        lock (_gate)
        {
            return _pending?.Count > 0;
        }
    }

    private void SetTimer()
    {
        if (_restTimer is null)
        {
            using var _ = ExecutionContext.SuppressFlow();
            _restTimer = _restClock!.CreateTimer(
                static it => ((WorkerConnection)it!).OnRested(), this, RestTime, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _restTimer.Change(RestTime, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnRested()
    {
        var last = Volatile.Read(ref _lastId);
        if (last != _lastSeen)
        {
            _lastSeen = last;
            SetTimer();
        }
        else
        {
            // In this order: whoever rests from now on sets the timer anew, whoever has rested before is seen here.
            Interlocked.Exchange(ref _isTimed, 0);
            Listen();
        }
    }
}
