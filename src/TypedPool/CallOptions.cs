namespace TypedPool;

/// <summary>What may be said of a single call. Whatever is null is as the pool has it.</summary>
public sealed record CallOptions
{
    /// <summary>
    /// An id that goes with the call into Python (<c>Context.session_id</c>), logs, traces and exceptions, and under which
    /// the pool counts it (<see cref="PythonPool.GetSession"/>).
    /// </summary>
    /// <value>Null: the call is in no session. Else any text but the empty one.</value>
    public string? Session { get; init; }

    /// <summary>How long the call waits for a free worker.</summary>
    /// <value>Null: <see cref="PythonPoolOptions.CheckoutTimeout"/>. Else above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan? CheckoutTimeout { get; init; }

    /// <summary>How long the command may run.</summary>
    /// <value>Null: <see cref="PythonPoolOptions.CommandTimeout"/>. Else above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>What happens to the command when it has run for <see cref="CommandTimeout"/>, or past the deadline.</summary>
    /// <value>Null: <see cref="PythonPoolOptions.TimeoutAction"/>.</value>
    public TimeoutAction? TimeoutAction { get; init; }

    /// <summary>How long the command may take, once cancelled, to notice that and to end by itself.</summary>
    /// <value>Null: <see cref="PythonPoolOptions.CancelGrace"/>. Else zero to 1 day.</value>
    public TimeSpan? CancelGrace { get; init; }

    /// <summary>How long the cancelled command may take, after <see cref="CancelGrace"/>, to end of the exception that is raised in it.</summary>
    /// <value>Null: <see cref="PythonPoolOptions.InterruptGrace"/>. Else zero to 1 day.</value>
    public TimeSpan? InterruptGrace { get; init; }

    /// <summary>
    /// When the call must have ended, waiting, running and running again together. Whichever clock is at work then ends
    /// the call with its own exception: <see cref="CheckoutTimeoutException"/>, <see cref="CommandTimeoutException"/>.
    /// Python sees the nearer of it and <see cref="CommandTimeout"/>. By the clock of
    /// <see cref="PythonPoolOptions.TimeProvider"/>, read once when the call begins.
    /// </summary>
    /// <value>Null: none. One that has passed ends the call at once, without a worker.</value>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How often the call is run again after its worker has died, where the command is declared idempotent.</summary>
    /// <value>Null: <see cref="PythonPoolOptions.IdempotentRetries"/>. Else 0 to 10.</value>
    public int? IdempotentRetries { get; init; }

    /// <summary>
    /// Is told how far the command has come, as it says with <c>Context.progress</c>: on a thread of the thread pool, one report
    /// at a time. Where reports come faster than they are told, the newest is told next, and those left out are counted
    /// (<see cref="CommandProgress.Skipped"/>). It has to return soon: the call ends after its last report has. What it throws
    /// ends the reports, and is thrown by the call where that does not fail itself.
    /// </summary>
    /// <value>Null: nobody, and Python sends nothing.</value>
    public IProgress<CommandProgress>? Progress { get; init; }

    /// <summary>These options with a session, unless they name one themselves.</summary>
    /// <param name="options">The options of a call, or null.</param>
    /// <param name="session">The session.</param>
    /// <returns>Options with a session.</returns>
    public static CallOptions? InSession(CallOptions? options, string? session) =>
        session is null || options?.Session is not null ? options
        : options is null ? new CallOptions { Session = session }
        : options with { Session = session };
}
