namespace TypedPool;

/// <summary>So many callers wait for a worker already that no more may. The call never started.</summary>
public sealed class QueueFullException : PythonPoolException
{
    internal QueueFullException(string message)
        : base(PythonErrorCategory.Resource, "queue_full", message)
    {
    }
}
