namespace TypedPool;

/// <summary>The worker died while it had the call. The pool replaces it.</summary>
public sealed class WorkerCrashedException : PythonPoolException
{
    /// <summary>The failure; a program makes one to see in a test what it does about it.</summary>
    /// <param name="message">What happened and what to do.</param>
    public WorkerCrashedException(string message)
        : base(PythonErrorCategory.System, "worker_crashed", message)
    {
    }

    /// <summary>The exit code as the operating system gives it (on Unix 128 + n for signal n); null where it is not known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether Python can have run any of the call.</summary>
    public Delivery Delivery { get; init; }

    /// <summary>The last lines that the worker wrote to standard error.</summary>
    public string StandardError { get; internal init; } = "";
}
