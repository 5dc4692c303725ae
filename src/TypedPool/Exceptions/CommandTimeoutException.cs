namespace TypedPool;

/// <summary>
/// The command ran longer than it may. Its worker was killed; the command may have run in part or whole. Or it has answered,
/// and the reader of its result did not return in time.
/// </summary>
public sealed class CommandTimeoutException : PythonPoolException
{
    /// <summary>The failure; a program makes one to see in a test what it does about it.</summary>
    /// <param name="message">What happened and what to do.</param>
    public CommandTimeoutException(string message)
        : base(PythonErrorCategory.Timeout, "command_timeout", message)
    {
    }

    /// <summary>How long the command could run.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>
    /// Where each of the worker's threads was, as Python prints it, the innermost call first. Empty where it could not be
    /// taken: on other systems than Linux, or where the command has taken SIGUSR1 for itself.
    /// </summary>
    public string PythonStack { get; internal init; } = "";
}
