namespace TypedPool;

/// <summary>No worker came free in time. The call never started.</summary>
public sealed class CheckoutTimeoutException : PythonPoolException
{
    internal CheckoutTimeoutException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.Timeout, "checkout_timeout", message, innerException)
    {
    }
}
