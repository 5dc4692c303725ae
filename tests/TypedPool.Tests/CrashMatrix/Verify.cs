using Xunit;

namespace TypedPool.Tests.CrashMatrix;

/// <summary>Holds what a caller got against what is promised.</summary>
internal static class Verify
{
    /// <summary>A call that the worker had in its hands.</summary>
    internal static async Task CallAsync(Task<int> call, FailingWorker worker, Fault fault, Expected expected, int first)
    {
        switch (expected.Call)
        {
            case Ending.Result:
                Assert.Equal(first, await call);
                break;
            case Ending.ResultOfAnother:
                Assert.NotEqual(first, await call);
                break;
            case Ending.Raised:
                Assert.Equal(Matrix.Raises(fault), (await Assert.ThrowsAsync<PythonException>(() => call)).PythonType);
                break;
            case Ending.Crashed:
                var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => call);
                Assert.Equal((Delivery.MayHaveRun, expected.ExitCode), (crash.Delivery, crash.ExitCode));
                Assert.Contains(StatusOf(expected.ExitCode), crash.Message, StringComparison.Ordinal);
                Assert.Contains("about to fail", crash.StandardError, StringComparison.Ordinal);
                break;
            case Ending.TimedOut:
                Timeout(await Assert.ThrowsAsync<CommandTimeoutException>(() => call), worker);
                break;
            case Ending.ProtocolBroken:
                Assert.Equal(Delivery.MayHaveRun, (await Assert.ThrowsAsync<ProtocolException>(() => call)).Delivery);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(expected), expected, "No call ends so.");
        }
    }

    /// <summary>Who has waited too long is shown where Python stood.</summary>
    internal static void Timeout(CommandTimeoutException exception, FailingWorker worker) =>
        Assert.Contains(worker.FaultyFrame, exception.PythonStack, StringComparison.Ordinal);

    internal static void StartFailure(WorkerStartException exception, Fault fault, Expected expected)
    {
        switch (expected.End)
        {
            case End.Dies:
                Assert.Contains(StatusOf(expected.ExitCode), exception.Message, StringComparison.Ordinal);
                break;
            case End.Reports:
                Assert.Contains(Matrix.Raises(fault)!, exception.Message, StringComparison.Ordinal);
                Assert.Contains("crash_faults.py", exception.Traceback, StringComparison.Ordinal);
                break;
            case End.RunsOutOfTime:
                Assert.Contains("StartTimeout", exception.Message, StringComparison.Ordinal);
                break;
            case End.BreaksProtocol:
                Assert.IsType<ProtocolException>(exception.InnerException);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(expected), expected, "No start fails so.");
        }

        Assert.Contains("about to fail", exception.StandardError, StringComparison.Ordinal);
    }

    /// <summary>The reason that is logged.</summary>
    internal static string ReasonOf(End end) => end switch
    {
        End.Dies => "Died",
        End.RunsOutOfTime => "CommandTimeout",
        End.BreaksProtocol => "ProtocolFault",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Such a worker is not lost."),
    };

    private static string StatusOf(int? exitCode) => exitCode switch
    {
        134 => "(SIGABRT, or exit code 134)",
        137 => "(SIGKILL, or exit code 137)",
        139 => "(SIGSEGV, or exit code 139)",
        _ => $"(exit code {exitCode})",
    };
}
