using System.Globalization;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Pool;

/// <summary>Makes the exception that a caller gets of what a worker answered.</summary>
internal static class CallErrors
{
    /// <summary>The exception for a worker's error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="declared">The exceptions that the command declares.</param>
    /// <returns>The exception.</returns>
    internal static PythonPoolException From(WireError error, IReadOnlyList<DeclaredError> declared) => error.Code switch
    {
        WireError.InvalidParams => new InvalidArgumentsException(
            $"Python refused the arguments{At(error.Text("pointer"))}: {error.Message}") { Path = error.Text("pointer") },
        WireError.InvalidRequest => new InvalidArgumentsException($"Python cannot read the arguments: {error.Message}"),
        WireError.MethodNotFound => new SchemaMismatchException(
            $"The worker has no such command ({error.Message}). Export the schema again and rebuild."),
        WireError.InternalError when error.Type == "typedpool.MessageTooLarge" => new InvalidResultException(
            $"{error.Message} Set MaxMessageBytes if results may be that large."),
        WireError.InternalError when error.Type == "typedpool.InvalidResult" => new InvalidResultException(
            $"The command returned what it does not declare{At(error.Text("pointer"))}: {error.Message}") { Path = error.Text("pointer") },
        WireError.InternalError => new ProtocolException(
            string.Create(CultureInfo.InvariantCulture, $"The worker could not handle the request ({error.Code}): {error.Message}")),
        _ => Raised(error, declared),
    };

    /// <summary>The exception for a result that the reader refused.</summary>
    /// <param name="mismatch">What is wrong.</param>
    /// <param name="path">Where.</param>
    /// <returns>The exception.</returns>
    internal static InvalidResultException Mismatch(JsonMismatchException mismatch, string path) =>
        new($"The command returned what it does not declare{At(path)}: expected {mismatch.Expected}, found {mismatch.Found}.", mismatch)
        {
            Path = path,
        };

    /// <summary>The exception for arguments that cannot be written.</summary>
    /// <param name="mismatch">What is wrong.</param>
    /// <param name="path">Where.</param>
    /// <returns>The exception.</returns>
    internal static InvalidArgumentsException Unwritable(JsonMismatchException mismatch, string path) =>
        new($"The arguments cannot be sent{At(path)}: expected {mismatch.Expected}, found {mismatch.Found}.", mismatch) { Path = path };

    private static PythonException Raised(WireError error, IReadOnlyList<DeclaredError> declared)
    {
        var raised = new PythonError(error.Type, error.Message, error.Text("traceback"), error.Texts("notes"), error.Code);
        for (var i = 0; i < declared.Count; i++)
        {
            if (string.Equals(declared[i].Type, raised.Type, StringComparison.Ordinal))
            {
                return declared[i].Create(raised);
            }
        }

        return new PythonException(raised);
    }

    private static string At(string path) => path.Length == 0 ? "" : $" at {path}";
}
