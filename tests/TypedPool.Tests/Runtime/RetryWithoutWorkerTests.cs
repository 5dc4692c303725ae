using TypedPool.Testing;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>A command is to be run again, and no worker can be started to run it.</summary>
public sealed class RetryWithoutWorkerTests : IDisposable
{
    private readonly RecordingLoggerFactory _log = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_wait_for_one_ends_in_its_own_time_and_tells_of_the_crash()
    {
        await using var pool = await StartAsync(TimeSpan.FromMilliseconds(200));

        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(() => DieAsync(pool));

        Assert.Equal(7, Assert.IsType<WorkerCrashedException>(exception.InnerException).ExitCode);
        Assert.Contains("to be run again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stop_of_the_pool_does_not_hide_that_the_command_may_have_run()
    {
        await using var pool = await StartAsync(Timeout.InfiniteTimeSpan);
        var call = DieAsync(pool);
        await _log.WaitForAsync(entry => entry.Message.Contains("is lost", StringComparison.Ordinal));

        await pool.StopAsync();

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => call);
        Assert.Equal((7, Delivery.MayHaveRun), (crash.ExitCode, crash.Delivery));
    }

    private static Task DieAsync(PythonPool pool) => pool.InvokeAsync(Raw.Command("die", isIdempotent: true), new { });

    private async Task<PythonPool> StartAsync(TimeSpan checkoutTimeout)
    {
        var module = _folder.Write("once.py", """
            import os
            from typedpool import command

            @command(idempotent=True)
            def die() -> None:
                os._exit(7)

            """);
        var pool = await Pools.StartAsync(options =>
        {
            options.Module = "once";
            options.Launch = PoolLaunch.Spawn; // A fork server does not look at the module again.
            options.SearchPaths.Clear();
            options.SearchPaths.Add(_folder.Path);
            options.CheckoutTimeout = checkoutTimeout;
            options.LoggerFactory = _log;
        });
        await File.WriteAllTextAsync(module, "raise RuntimeError('not twice')\n");
        return pool;
    }
}
