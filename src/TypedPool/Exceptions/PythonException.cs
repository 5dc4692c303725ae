using System.Globalization;

namespace TypedPool;

/// <summary>The command raised an exception, or the worker did while it answered; the worker goes on. For each exception that a command declares there is a generated subclass.</summary>
public class PythonException : PythonPoolException
{
    /// <summary>An exception raised in Python.</summary>
    /// <param name="error">What Python said of it.</param>
    public PythonException(PythonError error)
        : base(PythonErrorCategory.Application, "python_exception", Describe(error)) => Error = error;

    /// <summary>What Python said of the exception.</summary>
    public PythonError Error { get; }

    /// <summary>The exception's class, qualified by its module: <c>builtins.ValueError</c>; empty where a worker that is not ours does not tell.</summary>
    public string PythonType => Error.Type;

    /// <summary>The traceback as Python prints it; empty where there is none.</summary>
    public string Traceback => Error.Traceback;

    /// <summary>The exception with Python's traceback after C#'s.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Traceback.Length == 0 ? base.ToString() : $"{base.ToString()}\n{Traceback}";

    private static string Describe(PythonError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            { Type.Length: 0, Message.Length: 0 } => string.Create(CultureInfo.InvariantCulture, $"The worker answered with error {error.Code}, and says nothing of it."),
            { Message.Length: 0 } => error.Type,
            { Type.Length: 0 } => error.Message,
            _ => $"{error.Type}: {error.Message}",
        };
    }
}
