namespace TypedPool;

/// <summary>
/// No worker came free in time. The call never started; or, where a <see cref="WorkerCrashedException"/> is the inner
/// exception, an idempotent command was to be run again after that crash, and was not.
/// </summary>
public sealed class CheckoutTimeoutException : PythonPoolException
{
    /// <summary>The failure; a program makes one to see in a test what it does about it.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public CheckoutTimeoutException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.Timeout, "checkout_timeout", message, innerException)
    {
    }

    /// <summary>How long the call could wait; zero where its deadline had passed.</summary>
    public TimeSpan Timeout { get; init; }
}
