namespace TypedPool.Tests.CrashMatrix;

/// <summary>What a caller, or whoever starts the pool, gets.</summary>
internal enum Ending
{
    /// <summary>There is no caller, or none who could notice.</summary>
    Unnoticed,

    /// <summary>The result.</summary>
    Result,

    /// <summary>The result, of another worker: the call had provably not been started.</summary>
    ResultOfAnother,

    /// <summary><see cref="PythonException"/>.</summary>
    Raised,

    /// <summary><see cref="WorkerCrashedException"/> with <see cref="Delivery.MayHaveRun"/> and the worker's exit code.</summary>
    Crashed,

    /// <summary><see cref="CommandTimeoutException"/> with Python's stack in the middle of the fault.</summary>
    TimedOut,

    /// <summary><see cref="ProtocolException"/>.</summary>
    ProtocolBroken,

    /// <summary><see cref="WorkerStartException"/> at the pool's start; for a replacement a backoff, and a healthy later start.</summary>
    StartFailed,
}

/// <summary>What becomes of the worker.</summary>
internal enum End
{
    /// <summary>It serves the next call.</summary>
    GoesOn,

    /// <summary>It is lost by its own doing, and replaced.</summary>
    Dies,

    /// <summary>Its deadline kills it, and it is replaced.</summary>
    RunsOutOfTime,

    /// <summary>It is killed for what it sent, and replaced.</summary>
    BreaksProtocol,

    /// <summary>It reports that its module cannot be imported.</summary>
    Reports,

    /// <summary>The pool has asked it to leave; it leaves or, its time being over, is killed.</summary>
    Leaves,
}

/// <summary>What is promised of one cell.</summary>
/// <param name="Call">What the caller gets.</param>
/// <param name="End">What becomes of the worker.</param>
/// <param name="ExitCode">The worker's exit code; null where it goes on, or where nobody is told it.</param>
/// <param name="Next">What the caller after that gets. The pool cannot know of a worker that hangs before it has given it a call.</param>
internal sealed record Expected(Ending Call, End End, int? ExitCode = null, Ending Next = Ending.Result)
{
    /// <summary>The call waited in the worker for another one.</summary>
    internal bool HasWaited { get; init; }

    /// <summary>Two cells with the same outcome tell the same about the pool.</summary>
    internal (Ending Call, End End, string ExitCode, Ending Next, bool HasWaited) Outcome => (Call, End, ClassOf(ExitCode), Next, HasWaited);

    private static string ClassOf(int? exitCode) => exitCode switch
    {
        null => "none",
        0 => "zero",
        < 128 => "failure",
        _ => "signal",
    };
}
