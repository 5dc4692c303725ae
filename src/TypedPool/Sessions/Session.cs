namespace TypedPool.Sessions;

/// <summary>
/// A session that goes on. All its figures change under one lock, and so does whether it is over: no call enters a
/// session that is over, and no session ends by itself that a call is in.
/// </summary>
/// <param name="id">The session's id.</param>
/// <param name="time">The clock.</param>
internal sealed class Session(string id, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();
    private long _lastActivity = time.GetTimestamp();
    private long _calls;
    private long _failures;
    private int _running;
    private bool _isOver;

    /// <summary>The session's id.</summary>
    internal string Id => id;

    /// <summary>A call comes, and is counted.</summary>
    /// <returns>False where the session is over; the call is not counted then.</returns>
    internal bool TryEnter()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            _calls++;
            _running++;
            _lastActivity = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>A call that came has ended.</summary>
    /// <param name="hasFailed">Whether it failed.</param>
    internal void Leave(bool hasFailed)
    {
        lock (_gate)
        {
            _running--;
            _failures += hasFailed ? 1 : 0;
            _lastActivity = time.GetTimestamp();
        }
    }

    /// <summary>Ends the session, whatever happens in it. Calls that are in it are counted in it to their end.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isOver = true;
        }
    }

    /// <summary>Ends the session where no call is in it and none has been for a while.</summary>
    /// <param name="idleTime">How long.</param>
    /// <returns>Whether it is over.</returns>
    internal bool EndIfIdle(TimeSpan idleTime)
    {
        lock (_gate)
        {
            return _isOver |= _running == 0 && time.GetElapsedTime(_lastActivity) >= idleTime;
        }
    }

    /// <summary>What can be seen of it.</summary>
    /// <returns>All of it at one moment.</returns>
    internal PythonSession Observe()
    {
        lock (_gate)
        {
            return new PythonSession
            {
                Id = id,
                StartedAt = _startedAt,
                LastActivityAt = _startedAt + time.GetElapsedTime(_started, _lastActivity),
                Calls = _calls,
                Failures = _failures,
            };
        }
    }
}
