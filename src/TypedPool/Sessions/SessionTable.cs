using System.Collections.Concurrent;

namespace TypedPool.Sessions;

/// <summary>
/// The sessions of a pool. Each is there from its first call until it is ended or has been idle for too long, so that
/// their number is bounded by that alone.
/// </summary>
internal sealed class SessionTable : IDisposable
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTime;
    private readonly ITimer? _sweeper;

    /// <param name="idleTime">How long a session may be idle, or infinite.</param>
    /// <param name="sweepInterval">How often those that were are looked for.</param>
    /// <param name="time">The clock.</param>
    internal SessionTable(TimeSpan idleTime, TimeSpan sweepInterval, TimeProvider time)
    {
        _time = time;
        _idleTime = idleTime;
        if (idleTime != Timeout.InfiniteTimeSpan)
        {
            _sweeper = time.CreateTimer(static table => ((SessionTable)table!).Sweep(), this, sweepInterval, sweepInterval);
        }
    }

    /// <summary>How many sessions there are.</summary>
    internal int Count => _sessions.Count;

    /// <summary>A call comes. It is counted, and its session cannot expire until it leaves.</summary>
    /// <param name="id">The session's id.</param>
    /// <returns>The session, to be left once.</returns>
    internal Session Enter(string id)
    {
        while (true)
        {
            var session = _sessions.GetOrAdd(id, static (newId, time) => new Session(newId, time), _time);
            if (session.TryEnter())
            {
                return session;
            }

            // It has just ended, and whoever ended it may not have removed it yet.
            Remove(session);
        }
    }

    /// <summary>Ends a session.</summary>
    /// <param name="id">The session's id.</param>
    /// <returns>False where there is none.</returns>
    internal bool End(string id)
    {
        if (!_sessions.TryRemove(id, out var session))
        {
            return false;
        }

        session.End();
        return true;
    }

    /// <summary>What can be seen of a session.</summary>
    /// <param name="id">The session's id.</param>
    /// <returns>The session, or null where there is none.</returns>
    internal PythonSession? Find(string id) => _sessions.TryGetValue(id, out var session) ? session.Observe() : null;

    /// <summary>What can be seen of all sessions.</summary>
    /// <returns>The sessions, the oldest first.</returns>
    internal PythonSession[] List() =>
    [
        .. _sessions.Select(each => each.Value.Observe())
            .OrderBy(session => session.StartedAt)
            .ThenBy(session => session.Id, StringComparer.Ordinal),
    ];

    /// <inheritdoc />
    public void Dispose() => _sweeper?.Dispose();

    private void Sweep()
    {
        foreach (var (_, session) in _sessions)
        {
            if (session.EndIfIdle(_idleTime))
            {
                Remove(session);
            }
        }
    }

    /// <summary>This very one: another of the same id may have taken its place.</summary>
    private void Remove(Session session) => _sessions.TryRemove(new KeyValuePair<string, Session>(session.Id, session));
}
