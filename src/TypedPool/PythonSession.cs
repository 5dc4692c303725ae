namespace TypedPool;

/// <summary>
/// What a pool has seen of a session: the calls that named the same <see cref="CallOptions.Session"/>. For observation
/// only; any worker serves any session. This is how it was at one moment, and does not change.
/// </summary>
public sealed record PythonSession
{
    /// <summary>The session's id, as the calls named it.</summary>
    public required string Id { get; init; }

    /// <summary>When its first call came, by the pool's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When a call of it last came or ended, by the pool's clock.</summary>
    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>How many calls have come, those that still run included. Calls on a stopped pool are not counted.</summary>
    public required long Calls { get; init; }

    /// <summary>How many of the calls have failed, for whatever reason: those that timed out or were cancelled are among them.</summary>
    public required long Failures { get; init; }
}
