namespace TypedPool;

/// <summary>A worker did not start: no usable Python, a module that cannot be imported, no handshake in time.</summary>
public sealed class WorkerStartException : PythonPoolException
{
    internal WorkerStartException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.System, "worker_start_failed", message, innerException)
    {
    }

    /// <summary>Python's traceback, where the module could not be imported.</summary>
    public string? Traceback { get; internal init; }

    /// <summary>The last lines that the worker wrote to standard error.</summary>
    public string StandardError { get; internal init; } = "";
}
