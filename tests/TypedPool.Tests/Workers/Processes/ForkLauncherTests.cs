using TypedPool.Telemetry;
using TypedPool.Testing;
using TypedPool.Testing.Logging;
using TypedPool.Tests.Runtime;
using TypedPool.Workers;
using TypedPool.Workers.Processes;
using Xunit;

namespace TypedPool.Tests.Workers.Processes;

public sealed class ForkLauncherTests
{
    [Fact]
    public async Task Elsewhere_than_on_Linux_workers_are_spawned_and_the_log_says_why_once()
    {
        using var log = new RecordingLoggerFactory();
        var settings = new WorkerSettings(
            "pool", Contract: null, 1_000_000, Timeout.InfiniteTimeSpan, TimeProvider.System, log.CreateLogger("pool"), new OutputLoggers(log));
        using var processes = new ProcessLauncher(new PythonExecutable(Python.Default.Path, Python.Default.Version), Pools.Options());
        await using var launcher = new ForkLauncher(processes, settings, isLinux: false);

        for (var i = 0; i < 2; i++)
        {
            using var process = await launcher.LaunchAsync("token", CancellationToken.None);
            process.Kill();
            await process.Exited;
        }

        Assert.Equal("Pool pool spawns its workers and does not fork them: it needs Linux.", Assert.Single(log.Entries).Message);
    }
}
