using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// The time of a call with streams. It passes only while Python is at work: not while it waits for items of the
/// caller's, nor while the caller has not asked for an item. Its deadline comes nearer all the while.
/// </summary>
internal sealed class CallTime
{
    private readonly Lock _gate = new();
    private CallLimits _limits;
    private SentCall? _call;

    /// <summary>Since when it passes; null while it does not. Guarded by the gate, as all that follows.</summary>
    private long? _since;

    private TimeSpan _passed;
    private bool _isReaderAway;
    private int _awaited;

    /// <summary>Says how long the call may take.</summary>
    /// <param name="limits">The limits.</param>
    internal void LimitTo(CallLimits limits) => _limits = limits;

    /// <summary>The call has been sent: its time passes.</summary>
    /// <param name="call">The call.</param>
    internal void Begin(SentCall call)
    {
        lock (_gate)
        {
            _call = call;
            _since = _limits.Now;
            Update();
        }
    }

    /// <summary>Says whether the reader of the result has items, and so does not wait for Python.</summary>
    /// <param name="isAway">Whether he does not wait.</param>
    internal void SetReaderAway(bool isAway)
    {
        lock (_gate)
        {
            _isReaderAway = isAway;
            Update();
        }
    }

    /// <summary>Says whether Python waits for items of one of the caller's streams.</summary>
    /// <param name="isAwaited">Whether it begins or ends to.</param>
    internal void SetAwaited(bool isAwaited)
    {
        lock (_gate)
        {
            _awaited += isAwaited ? 1 : -1;
            Update();
        }
    }

    /// <summary>Under the gate.</summary>
    private void Update()
    {
        var passes = !_isReaderAway && _awaited == 0;
        if (_call is null || passes == _since is not null)
        {
            return;
        }

        if (_since is { } since)
        {
            _passed += _limits.Since(since);
            _since = null;
            _call.SetTime(_limits.Deadline);
        }
        else
        {
            _since = _limits.Now;
            _call.SetTime(_limits.CommandAfter(_passed));
        }
    }
}
