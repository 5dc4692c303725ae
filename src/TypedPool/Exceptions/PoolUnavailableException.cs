namespace TypedPool;

/// <summary>The pool takes no calls: it is stopping or stopped, or no worker can be started.</summary>
public sealed class PoolUnavailableException : PythonPoolException
{
    /// <summary>The failure; a program makes one to see in a test what it does about it.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public PoolUnavailableException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.Resource, "pool_unavailable", message, innerException)
    {
    }
}
