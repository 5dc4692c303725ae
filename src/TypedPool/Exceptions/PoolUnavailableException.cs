namespace TypedPool;

/// <summary>The pool takes no calls: it is stopping or stopped, or no worker can be started.</summary>
public sealed class PoolUnavailableException : PythonPoolException
{
    internal PoolUnavailableException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.Resource, "pool_unavailable", message, innerException)
    {
    }
}
