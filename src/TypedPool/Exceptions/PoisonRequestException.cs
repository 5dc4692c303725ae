namespace TypedPool;

/// <summary>
/// An idempotent command was run again after its worker had died, and killed the next one too, until
/// <see cref="PythonPoolOptions.IdempotentRetries"/> was used up: most likely this very call kills whatever runs it.
/// The last <see cref="WorkerCrashedException"/> is the inner exception. Nothing is remembered: another call begins anew.
/// </summary>
public sealed class PoisonRequestException : PythonPoolException
{
    internal PoisonRequestException(string message, WorkerCrashedException last)
        : base(PythonErrorCategory.System, "poison_request", message, last)
    {
    }

    /// <summary>The exit code of each worker that died of the call, in order; null where it is not known.</summary>
    public IReadOnlyList<int?> ExitCodes { get; internal init; } = [];
}
