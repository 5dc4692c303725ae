namespace TypedPool;

/// <summary>The call of a command that asks a function of the host.</summary>
public sealed record HostCall
{
    /// <summary>The command that runs.</summary>
    public required string Command { get; init; }

    /// <summary>The session of its call; null where it has none.</summary>
    public string? Session { get; init; }

    /// <summary>When the time of its call is up, by the clock of <see cref="PythonPoolOptions.TimeProvider"/>; null where it has no end.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The pool in which it runs.</summary>
    public required string PoolName { get; init; }

    /// <summary>The worker on which it runs.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Options for a call that the function makes in its turn: in the same session, with no more time.</summary>
    public CallOptions Options => new() { Session = Session, Deadline = Deadline };
}
