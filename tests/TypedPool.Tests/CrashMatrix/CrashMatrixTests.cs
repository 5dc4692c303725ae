using TypedPool.Testing;
using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.CrashMatrix;

/// <summary>
/// One cell of the <see cref="Matrix"/> a test: a real worker fails, the caller gets what is promised, the next call
/// succeeds, the pool is back at its size, and the check for leftovers finds nothing.
/// </summary>
public sealed class CrashMatrixTests
{
    /// <summary>Larger than a pipe, so that half of it is still in the host when the worker fails.</summary>
    private const int LargeRequest = 1024 * 1024;

    /// <summary>Set to <c>all</c>, every cell is tried; otherwise the first one of each distinct outcome.</summary>
    private const string Variable = "TYPEDPOOL_CRASH_MATRIX";

    public static TheoryData<Moment, Fault> Cells =>
        [.. string.Equals(Environment.GetEnvironmentVariable(Variable), "all", StringComparison.Ordinal) ? Matrix.Cells : Matrix.DistinctCells];

    [Theory]
    [MemberData(nameof(Cells))]
    public Task The_pool_withstands(Moment moment, Fault fault) => WithstandAsync(PoolLaunch.Spawn, moment, fault);

    [Theory]
    [MemberData(nameof(Cells))]
    public Task A_pool_that_forks_its_workers_withstands(Moment moment, Fault fault) => WithstandAsync(PoolLaunch.ForkServer, moment, fault);

    private static async Task WithstandAsync(PoolLaunch launch, Moment moment, Fault fault)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Stacks, the started counter and most of the faults are Linux's.");
        using var worker = new FailingWorker(moment, fault, launch);
        var expected = Matrix.Of(moment, fault);
        await (moment switch
        {
            Moment.BeforeHandshake => StartAsync(worker, fault, expected),
            Moment.Idle => IdleAsync(worker, fault, expected),
            Moment.ExitHook => StopAsync(worker, fault, expected),
            Moment.WaitingInWorker => WaitAsync(worker, fault, expected),
            _ => CallAsync(worker, moment, fault, expected),
        });
        Assert.Equal((0, 0), (worker.Count("ForkingRefused"), worker.Count("WorkerSpawned")));
    }

    private static async Task StartAsync(FailingWorker worker, Fault fault, Expected expected)
    {
        worker.Arm();
        var start = worker.StartPoolAsync();
        await RunOutOfTimeIfItHangsAsync(worker, fault);
        Verify.StartFailure(await Assert.ThrowsAsync<WorkerStartException>(() => start), fault, expected);

        await using var pool = await worker.StartPoolAsync();
        await worker.LoseServerAsync();
        worker.Arm();
        using (var process = System.Diagnostics.Process.GetProcessById(await WorkAsync(pool)))
        {
            process.Kill();
        }

        await RunOutOfTimeIfItHangsAsync(worker, fault);
        var failed = await worker.Log.WaitForAsync(entry => entry.Id.Name == "StartFailed");
        Verify.StartFailure(Assert.IsType<WorkerStartException>(failed.Exception), fault, expected);
        Assert.Equal($"{FailingWorker.ModuleName}/2", ((WorkerStartException)failed.Exception).WorkerId);
        Assert.InRange((TimeSpan)failed.Values["Delay"]!, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
        var ready = await worker.LoggedAsync("WorkerReady", 3);
        Assert.Equal(ready.Values["ProcessId"], await WorkAsync(pool));
        Assert.Equal((2, 1, 1), (worker.Count("WorkerReady"), worker.Count("WorkerLost"), worker.Count("StartFailed")));
    }

    private static async Task IdleAsync(FailingWorker worker, Fault fault, Expected expected)
    {
        await using var pool = await worker.StartPoolAsync();
        var first = await WorkAsync(pool);
        worker.Arm();
        await CommandLine.RunAsync("kill", ["-USR2", $"{first}"]);
        await worker.Announced;
        if (expected.Next == Ending.TimedOut)
        {
            await NextTimesOutAsync(worker, pool);
        }
        else if (fault == Fault.ClosedChannel)
        {
            await worker.RunOutOfExitAsync();
        }

        await VerifyPoolAsync(worker, pool, first, expected);
    }

    private static async Task CallAsync(FailingWorker worker, Moment moment, Fault fault, Expected expected)
    {
        await using var pool = await worker.StartPoolAsync();
        var first = await WorkAsync(pool);
        worker.Arm();
        var call = WorkAsync(pool, moment == Moment.InReading ? new string('x', LargeRequest) : "");
        if (expected.Call == Ending.TimedOut)
        {
            await worker.RunOutOfTimeAsync();
        }

        await Verify.CallAsync(call, worker, fault, expected, first);
        if (expected.Next == Ending.TimedOut)
        {
            await NextTimesOutAsync(worker, pool);
        }

        // At once, while the worker may be dying.
        await WorkAsync(pool);
        await VerifyPoolAsync(worker, pool, first, expected);
    }

    private static async Task WaitAsync(FailingWorker worker, Fault fault, Expected expected)
    {
        await using var pool = await worker.StartPoolAsync(prefetch: 1);
        var first = await WorkAsync(pool);
        worker.Arm();
        var running = WorkAsync(pool);
        var waiting = WorkAsync(pool);
        Assert.Equal(1, pool.GetStatus().Workers[0].Prefetched);
        worker.LetFail();
        var expectedOfRunning = Matrix.Of(Moment.UserCode, fault);
        if (expectedOfRunning.Call == Ending.TimedOut)
        {
            await worker.RunOutOfTimeAsync();
        }

        await Verify.CallAsync(running, worker, fault, expectedOfRunning, first);
        await Verify.CallAsync(waiting, worker, fault, expected, first);
        await VerifyPoolAsync(worker, pool, first, expected);
    }

    private static async Task StopAsync(FailingWorker worker, Fault fault, Expected expected)
    {
        var pool = await worker.StartPoolAsync();
        await WorkAsync(pool);
        worker.Arm();
        var stop = pool.StopAsync();
        if (Matrix.Hangs(fault))
        {
            await worker.RunOutOfStopAsync();
        }

        await stop;

        await worker.Announced;
        Assert.Equal(expected.ExitCode, (await worker.LoggedAsync("WorkerLeft", 1)).Values["ExitCode"]);
        Assert.Equal((1, 0), (worker.Count("WorkerReady"), worker.Count("WorkerLost")));
    }

    private static Task RunOutOfTimeIfItHangsAsync(FailingWorker worker, Fault fault) =>
        Matrix.Hangs(fault) ? worker.RunOutOfTimeAsync() : Task.CompletedTask;

    /// <summary>The free worker hangs: the call goes to it, and its clock has been set when it has begun.</summary>
    private static async Task NextTimesOutAsync(FailingWorker worker, PythonPool pool)
    {
        var next = WorkAsync(pool);
        await worker.RunOutOfTimeAsync();
        Verify.Timeout(await Assert.ThrowsAsync<CommandTimeoutException>(() => next), worker);
    }

    /// <summary>The worker goes on, or is lost as promised and replaced; the pool is back at its size and serves.</summary>
    private static async Task VerifyPoolAsync(FailingWorker worker, PythonPool pool, int first, Expected expected)
    {
        if (expected.End == End.GoesOn)
        {
            Assert.Equal(first, await WorkAsync(pool));
            Assert.Equal((1, 0), (worker.Count("WorkerReady"), worker.Count("WorkerLost")));
            return;
        }

        var lost = await worker.LoggedAsync("WorkerLost", 1);
        Assert.Equal((Verify.ReasonOf(expected.End), expected.ExitCode), (lost.Values["Reason"], (int?)lost.Values["ExitCode"]));
        var ready = await worker.LoggedAsync("WorkerReady", 2);
        Assert.Equal(ready.Values["ProcessId"], await WorkAsync(pool));
        Assert.Equal((2, 1), (worker.Count("WorkerReady"), worker.Count("WorkerLost")));
    }

    /// <summary>The process in which the command ran.</summary>
    private static async Task<int> WorkAsync(PythonPool pool, string text = "") => (await pool.CallAsync("work", new { text })).GetInt32();
}
