using TypedPool.Testing;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class StatusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_status_tells_of_workers_callers_and_sessions()
    {
        await using var pool = await Pools.StartAsync(options => options.Size = 2);
        var pid = (await pool.CallAsync("pid", options: new CallOptions { Session = "s" })).GetInt32();
        var go = Path.Combine(_folder.Path, "go");
        var running = Enumerable.Range(0, 2).Select(_ => pool.CallAsync("wait_for", new { path = go })).ToList();
        running.Add(pool.CallAsync("wait_for", new { path = go }));

        var status = pool.GetStatus();

        Assert.Equal(("pool_commands", PoolHealth.Healthy, 2, 1, 1), (status.Name, status.Health, status.Size, status.Waiting, status.Sessions));
        Assert.Equal([WorkerState.Busy, WorkerState.Busy], status.Workers.Select(worker => worker.State));
        Assert.Contains(pid, status.Workers.Select(worker => worker.ProcessId ?? 0));
        Assert.Equal(3, status.Workers.Sum(worker => worker.Calls));
        Assert.All(status.Workers, worker => Assert.InRange(worker.MemoryBytes, 1_000_000, 1_000_000_000));
        Assert.True(status.Uptime > TimeSpan.Zero && status.Workers.All(worker => worker.Age > TimeSpan.Zero && worker.Age < status.Uptime));
        await File.WriteAllTextAsync(go, "");
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task Losses_and_failed_starts_make_a_pool_unhealthy_until_it_has_healed()
    {
        var module = _folder.Write("ill.py", """
            import os
            from typedpool import command

            @command
            def die() -> None:
                os._exit(1)

            @command
            def live() -> bool:
                return True

            """);
        var good = await File.ReadAllTextAsync(module);
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.Module = "ill";
            options.Launch = PoolLaunch.Spawn; // A fork server does not look at the module again.
            options.LoggerFactory = log;
            options.SearchPaths.Clear();
            options.SearchPaths.Add(_folder.Path);
        });
        Assert.Equal((PoolHealth.Healthy, 0L), (pool.GetStatus().Health, pool.GetStatus().Losses));
        await File.WriteAllTextAsync(module, "raise RuntimeError('ill')\n");
        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("die"));
        await log.WaitForAsync(entry => entry.Message.Contains("could not be started", StringComparison.Ordinal));

        var ill = pool.GetStatus();
        Assert.Equal((PoolHealth.Unhealthy, 1L), (ill.Health, ill.Losses));
        Assert.True(ill.StartFailures >= 1);
        Assert.Contains("RuntimeError: ill", ill.LastStartFailure, StringComparison.Ordinal);

        File.Move(_folder.Write("good.py", good), module, overwrite: true); // At once: half of it might be imported.
        await log.WaitForAsync(entry => entry.Message.Contains("is ready", StringComparison.Ordinal) && !entry.Message.Contains("ill/1 ", StringComparison.Ordinal));
        Assert.True((await pool.CallAsync("live")).GetBoolean());
        Assert.Equal((PoolHealth.Healthy, null), (pool.GetStatus().Health, pool.GetStatus().LastStartFailure));
    }

    [Fact]
    public async Task A_stopped_pool_is_unhealthy_and_has_no_workers()
    {
        var pool = await Pools.StartAsync();
        await pool.StopAsync();

        Assert.Equal((PoolHealth.Unhealthy, 0), (pool.GetStatus().Health, pool.GetStatus().Workers.Count));
    }
}
