namespace TypedPool;

/// <summary>The arguments cannot be sent, or Python refused them. The command did not run.</summary>
public sealed class InvalidArgumentsException : PythonPoolException
{
    internal InvalidArgumentsException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.Argument, "invalid_arguments", message, innerException)
    {
    }

    /// <summary>The place in the arguments, as a JSON pointer: <c>/items/0/name</c>; empty for the arguments as a whole.</summary>
    public string Path { get; internal init; } = "";
}
