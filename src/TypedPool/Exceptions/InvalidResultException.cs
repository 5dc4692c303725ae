namespace TypedPool;

/// <summary>The command ran, but its result is not of the type that it declares, cannot be written as JSON, or is too large.</summary>
public sealed class InvalidResultException : PythonPoolException
{
    internal InvalidResultException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.Application, "invalid_result", message, innerException)
    {
    }

    /// <summary>The place in the result, as a JSON pointer: <c>/items/0/name</c>; empty for the result as a whole.</summary>
    public string Path { get; internal init; } = "";
}
