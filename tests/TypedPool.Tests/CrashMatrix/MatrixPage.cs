using System.Text;

namespace TypedPool.Tests.CrashMatrix;

/// <summary>Writes the <see cref="Matrix"/> as the page that people read.</summary>
internal static class MatrixPage
{
    internal const string FileName = "crash-matrix.md";

    private const string Head = """
        # When a worker fails

        What a caller gets, and what becomes of the worker, for each moment of a worker's life and each way to fail. After all
        of it the pool is back at its size, the next call succeeds (where nothing else is said), and nothing is left behind.
        In brackets the worker's exit code, as Linux gives it. This page is written from the table in
        `tests/TypedPool.Tests/CrashMatrix`, and each of its cells is tested with two real workers, one that is spawned and one
        that is forked (`Launch`). There the module is imported by the fork server, and it is that which fails.

        A worker that sends what the protocol does not allow before it has read a call does nothing more in these tests. One
        that goes on may start the call before it is killed; the caller then gets `ProtocolException`, `MayHaveRun`.

        """;

    internal static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (var moment in Enum.GetValues<Moment>())
        {
            page.Append($"\n## {Title(moment)}\n\n| fault | the caller gets | the worker |\n|---|---|---|\n");
            foreach (var row in Matrix.Cells.Where(cell => cell.Moment == moment).GroupBy(Outcome))
            {
                page.Append($"| {string.Join(", ", row.Select(Shown))} | {row.Key.Caller} | {row.Key.Worker} |\n");
            }
        }

        page.Append("\n## Not tried\n\n");
        foreach (var fault in Enum.GetValues<Fault>().Where(fault => Matrix.WhyNoCell(fault) is not null))
        {
            page.Append($"- {Name(fault)}: {Matrix.WhyNoCell(fault)}\n");
        }

        return page.ToString();
    }

    private static (string Caller, string Worker) Outcome((Moment Moment, Fault Fault) cell)
    {
        var expected = Matrix.Of(cell.Moment, cell.Fault);
        return (Caller(expected), Worker(expected));
    }

    private static string Shown((Moment Moment, Fault Fault) cell)
    {
        var expected = Matrix.Of(cell.Moment, cell.Fault);
        return expected.End is End.Dies or End.Leaves ? $"{Name(cell.Fault)} ({expected.ExitCode})" : Name(cell.Fault);
    }

    private static string Caller(Expected expected) => expected.Call switch
    {
        Ending.Unnoticed when expected.Next == Ending.TimedOut => "nothing; the next one `CommandTimeoutException` with the stack",
        Ending.Unnoticed => "nothing: there is no call",
        Ending.Result when expected.Next == Ending.TimedOut => "the result; the next one `CommandTimeoutException` with the stack",
        Ending.Result => "the result",
        Ending.ResultOfAnother => "the result, of another worker",
        Ending.Raised => "`PythonException`",
        Ending.Crashed => "`WorkerCrashedException`, `MayHaveRun`",
        Ending.TimedOut => "`CommandTimeoutException` with the stack",
        Ending.ProtocolBroken => "`ProtocolException`, `MayHaveRun`",
        _ => "`WorkerStartException` at the pool's start; nothing of a replacement, which is tried again",
    };

    private static string Worker(Expected expected) => expected.End switch
    {
        End.GoesOn => "goes on",
        End.Dies when expected.Call == Ending.StartFailed => "is gone",
        End.Dies => "is gone, and replaced",
        End.RunsOutOfTime when expected.Call == Ending.StartFailed => "is killed after `StartTimeout`",
        End.RunsOutOfTime => "is killed after `CommandTimeout`, and replaced",
        End.BreaksProtocol when expected.Call == Ending.StartFailed => "is killed",
        End.BreaksProtocol => "is killed, and replaced",
        End.Reports => "reports the traceback and leaves",
        _ => "is gone, at the latest after `ShutdownTimeout`",
    };

    private static string Title(Moment moment) => moment switch
    {
        Moment.BeforeHandshake => "While the module is imported",
        Moment.Idle => "In a thread, while no call runs",
        Moment.BeforeReading => "Before it reads the request",
        Moment.InReading => "In the middle of reading the request",
        Moment.UserCode => "In the command",
        Moment.WaitingInWorker => "In a command behind which the call waits (`Prefetch`)",
        Moment.InWriting => "In the middle of writing the answer",
        Moment.AfterAnswer => "After the answer",
        _ => "In an exit hook, while the pool stops",
    };

    private static string Name(Fault fault) => fault switch
    {
        Fault.Kill => "SIGKILL",
        Fault.SegmentationFault => "segmentation fault",
        Fault.ExitWithZero => "`os._exit(0)`",
        Fault.ExitWithThree => "`os._exit(3)`",
        Fault.SystemExit => "`sys.exit(3)`",
        Fault.UncaughtException => "an exception",
        Fault.Abort => "`os.abort()`",
        Fault.MemoryLimit => "`MemoryError`",
        Fault.OutOfMemoryKill => "killed by the kernel for want of memory",
        Fault.HangInPython => "endless in Python",
        Fault.HangHoldingTheLock => "endless in C, holding the interpreter lock",
        Fault.HangReleasingTheLock => "endless in C, without the lock",
        Fault.ClosedChannel => "closed channel",
        Fault.Garbage => "garbage on the channel",
        _ => "answer to a call never made",
    };
}
