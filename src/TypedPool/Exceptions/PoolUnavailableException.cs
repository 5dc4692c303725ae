namespace TypedPool;

/// <summary>The pool takes no calls: it is stopping or stopped.</summary>
public sealed class PoolUnavailableException : PythonPoolException
{
    internal PoolUnavailableException(string message)
        : base(PythonErrorCategory.Resource, "pool_unavailable", message)
    {
    }
}
