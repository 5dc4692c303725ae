namespace TypedPool;

/// <summary>So many callers wait for a worker already that no more may. The call never started.</summary>
public sealed class QueueFullException : PythonPoolException
{
    /// <summary>The failure; a program makes one to see in a test what it does about it.</summary>
    /// <param name="message">What happened and what to do.</param>
    public QueueFullException(string message)
        : base(PythonErrorCategory.Resource, "queue_full", message)
    {
    }
}
