namespace TypedPool.Tests.CrashMatrix;

/// <summary>Every moment times every fault, with what is promised of it. Each rule says which promise it is taken from.</summary>
internal static class Matrix
{
    private const int Killed = 128 + 9;
    private const int Aborted = 128 + 6;
    private const int SegmentationFault = 128 + 11;

    /// <summary>What Python exits with after an exception that nobody catches, and a worker whose channel is gone.</summary>
    private const int Failure = 1;

    private const int ExitWithThree = 3;

    internal static IEnumerable<(Moment Moment, Fault Fault)> Pairs =>
        from moment in Enum.GetValues<Moment>()
        from fault in Enum.GetValues<Fault>()
        select (moment, fault);

    /// <summary>The pairs that are tried.</summary>
    internal static IEnumerable<(Moment Moment, Fault Fault)> Cells => Pairs.Where(pair => WhyNoCell(pair.Fault) is null);

    /// <summary>The first cell of each distinct outcome.</summary>
    internal static IEnumerable<(Moment Moment, Fault Fault)> DistinctCells => Cells.DistinctBy(cell => Of(cell.Moment, cell.Fault).Outcome);

    /// <summary>Why a fault is not tried; null where it is.</summary>
    internal static string? WhyNoCell(Fault fault) =>
        fault == Fault.OutOfMemoryKill
            ? "it is a SIGKILL to everybody who watches; and a test that exhausts the memory of its machine may lose another process."
            : null;

    internal static bool Hangs(Fault fault) => fault is Fault.HangInPython or Fault.HangHoldingTheLock or Fault.HangReleasingTheLock;

    /// <summary>What Python raises, where it raises.</summary>
    internal static string? Raises(Fault fault) => fault switch
    {
        Fault.SystemExit => "builtins.SystemExit",
        Fault.UncaughtException => "builtins.RuntimeError",
        Fault.MemoryLimit => "builtins.MemoryError",
        _ => null,
    };

    internal static Expected Of(Moment moment, Fault fault) => moment switch
    {
        Moment.BeforeHandshake => BeforeHandshake(fault),
        Moment.Idle => Idle(fault),
        Moment.BeforeReading or Moment.InReading => BeforeTheCall(fault),
        Moment.UserCode => UserCode(fault),
        Moment.WaitingInWorker => WaitingInWorker(fault),
        Moment.InWriting => InWriting(fault),
        Moment.AfterAnswer => AfterAnswer(fault),
        _ => ExitHook(fault),
    };

    /// <summary>A start tells its reason: the exit status, the traceback, or the clock (promise 2).</summary>
    private static Expected BeforeHandshake(Fault fault) =>
        Hangs(fault) ? new(Ending.StartFailed, End.RunsOutOfTime)
        : Talks(fault) ? new(Ending.StartFailed, End.BreaksProtocol)
        : Raises(fault) is not null ? new(Ending.StartFailed, End.Reports)
        : new(Ending.StartFailed, End.Dies, ExitCode(fault));

    /// <summary>
    /// Nobody notices (promise 7). A thread that hangs or raises is the thread's own affair, unless it takes the
    /// interpreter lock with it: that is found out by the next call, since only an exit, an end of the channel or a
    /// deadline kills (promise 12). A closed channel leaves a reader that waits for ever: it is killed.
    /// </summary>
    private static Expected Idle(Fault fault) =>
        fault == Fault.HangHoldingTheLock ? new(Ending.Unnoticed, End.RunsOutOfTime, Killed, Next: Ending.TimedOut)
        : Hangs(fault) || Raises(fault) is not null ? new(Ending.Unnoticed, End.GoesOn)
        : Talks(fault) ? new(Ending.Unnoticed, End.BreaksProtocol, Killed)
        : new(Ending.Unnoticed, End.Dies, fault == Fault.ClosedChannel ? Killed : ExitCode(fault));

    /// <summary>
    /// The frame was not accepted whole, or the started counter is below the call's number: the call moves to another
    /// worker and its caller does not notice (promise 7). The command's clock runs from the request on (promise 5).
    /// </summary>
    private static Expected BeforeTheCall(Fault fault) =>
        Hangs(fault) ? new(Ending.TimedOut, End.RunsOutOfTime, Killed)
        : Talks(fault) ? new(Ending.ResultOfAnother, End.BreaksProtocol, Killed)
        : new(Ending.ResultOfAnother, End.Dies, ExitCode(fault));

    /// <summary>Whatever is raised is the call's error; a dead worker may have run it (promise 7).</summary>
    private static Expected UserCode(Fault fault) =>
        Raises(fault) is not null ? new(Ending.Raised, End.GoesOn) : InWriting(fault);

    /// <summary>
    /// What becomes of the command that runs does not touch the call that waits for it: it is run when that has ended, or
    /// by another worker (promises 5 and 7).
    /// </summary>
    private static Expected WaitingInWorker(Fault fault) => Raises(fault) is not null
        ? new(Ending.Result, End.GoesOn) { HasWaited = true }
        : UserCode(fault) with { Call = Ending.ResultOfAnother, HasWaited = true };

    /// <summary>The command has run: nothing here may be run again (promises 6 and 7).</summary>
    private static Expected InWriting(Fault fault) =>
        Hangs(fault) ? new(Ending.TimedOut, End.RunsOutOfTime, Killed)
        : Talks(fault) ? new(Ending.ProtocolBroken, End.BreaksProtocol, Killed)
        : new(Ending.Crashed, End.Dies, ExitCode(fault));

    /// <summary>The call has its answer (promise 6). The next one moves to another worker, or finds one that hangs.</summary>
    private static Expected AfterAnswer(Fault fault) =>
        Hangs(fault) ? new(Ending.Result, End.RunsOutOfTime, Killed, Next: Ending.TimedOut)
        : Talks(fault) ? new(Ending.Result, End.BreaksProtocol, Killed)
        : new(Ending.Result, End.Dies, ExitCode(fault));

    /// <summary>
    /// A stop ends when every process is gone (promise 14). Python prints what an exit hook raises, also SystemExit, and
    /// goes on; what comes on the channel of a worker that leaves is of no interest.
    /// </summary>
    private static Expected ExitHook(Fault fault) =>
        Hangs(fault) ? new(Ending.Unnoticed, End.Leaves, Killed)
        : Talks(fault) || Raises(fault) is not null || fault == Fault.ClosedChannel ? new(Ending.Unnoticed, End.Leaves, 0)
        : new(Ending.Unnoticed, End.Leaves, ExitCode(fault));

    private static bool Talks(Fault fault) => fault is Fault.Garbage or Fault.WrongId;

    /// <summary>How the process ends that the fault ends, struck in the main thread and outside of a command.</summary>
    private static int ExitCode(Fault fault) => fault switch
    {
        Fault.Kill => Killed,
        Fault.SegmentationFault => SegmentationFault,
        Fault.Abort => Aborted,
        Fault.ExitWithZero => 0,
        Fault.ExitWithThree or Fault.SystemExit => ExitWithThree,
        Fault.UncaughtException or Fault.MemoryLimit or Fault.ClosedChannel => Failure,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "It does not end a process."),
    };
}
