namespace TypedPool;

/// <summary>The root of every failure of a pool or a call, except cancellation.</summary>
public abstract class PythonPoolException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="category">Its kind.</param>
    /// <param name="code">Its stable name.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    protected PythonPoolException(PythonErrorCategory category, string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Category = category;
        Code = code;
    }

    /// <summary>The kind of failure.</summary>
    public PythonErrorCategory Category { get; }

    /// <summary>A stable name for programs: <c>checkout_timeout</c>.</summary>
    public string Code { get; }

    /// <summary>The call waited in a worker for another one, and was not started.</summary>
    internal bool HasWaited { get; set; }

    /// <summary>The pool's name, once the failure has passed a pool.</summary>
    public string? PoolName { get; internal set; }

    /// <summary>The worker's id, where one was involved.</summary>
    public string? WorkerId { get; internal set; }

    /// <summary>The session of the call, where it had one.</summary>
    public string? Session { get; internal set; }

    /// <summary>The command, where a call failed.</summary>
    public string? Command { get; internal set; }
}
