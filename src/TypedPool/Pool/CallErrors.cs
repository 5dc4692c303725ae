using System.Globalization;
using TypedPool.Serialization;
using TypedPool.Wire;
using TypedPool.Workers;

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
        _ => RaisedErrors.From(error, declared),
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

    /// <summary>The exception for a command that has killed each worker that ran it.</summary>
    /// <param name="crashes">The deaths, in order.</param>
    /// <returns>The exception.</returns>
    internal static PoisonRequestException Poison(IReadOnlyList<WorkerCrashedException> crashes)
    {
        var last = crashes[^1];
        var told = string.Join("; ", crashes.Select(crash => WorkerLoss.ExitStatus(crash.ExitCode)));
        return new PoisonRequestException(
            string.Create(CultureInfo.InvariantCulture, $"The call has cost {crashes.Count} workers ({told}), so it is not run again: ")
            + "most likely these arguments crash the command. IdempotentRetries in the options of the pool or the call says how often it is tried."
            + WorkerLoss.Printed(last.StandardError),
            last)
        {
            ExitCodes = [.. crashes.Select(crash => crash.ExitCode)],
        };
    }

    /// <summary>The exception for a call that was cancelled while it waited in a worker, and was not started there.</summary>
    /// <param name="taken">How it ended there.</param>
    /// <param name="crash">The crash after which it was to be run again, or null.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The exception.</returns>
    internal static OperationCanceledException CancelledUnstarted(CallTakenBackException taken, WorkerCrashedException? crash, CancellationToken cancellationToken) =>
        crash is null
            ? new OperationCanceledException("The call was cancelled before it was started.", taken, cancellationToken)
            : new OperationCanceledException($"The call was cancelled before the command was run again: {crash.Message}", crash, cancellationToken);

    /// <summary>The exception for a call whose deadline has passed before a worker had it.</summary>
    /// <param name="crash">The crash after which it was to be run again, or null.</param>
    /// <returns>The exception.</returns>
    internal static CheckoutTimeoutException TooLate(WorkerCrashedException? crash) =>
        new(
            crash is null
                ? "The call's Deadline had passed before a worker could have it. Set a later Deadline in the options of the call."
                : $"The call's Deadline had passed before the command could be run again. Its last attempt failed: {crash.Message}",
            crash);

    private static string At(string path) => path.Length == 0 ? "" : $" at {path}";
}
