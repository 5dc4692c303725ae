namespace TypedPool;

/// <summary>The command ran longer than it may. Its worker was killed; the command may have run in part or whole.</summary>
public sealed class CommandTimeoutException : PythonPoolException
{
    internal CommandTimeoutException(string message)
        : base(PythonErrorCategory.Timeout, "command_timeout", message)
    {
    }
}
