using System.Diagnostics;
using TypedPool.Testing;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class SupervisionTests
{
    private const string Commands = """
        import os
        from typedpool import command

        @command
        def die() -> None:
            os._exit(1)

        @command
        def fine() -> str:
            return "yes"

        """;

    [Fact]
    public async Task Workers_that_are_killed_all_the_time_are_replaced_and_only_their_own_calls_fail()
    {
        const int Kills = 10;
        const int Size = 3;
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.Size = Size;
            options.LoggerFactory = log;
        });
        using var enough = new CancellationTokenSource();
        var crashed = 0;
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var round = 0; !enough.IsCancellationRequested; round++)
            {
                try
                {
                    var text = $"{caller}/{round}";
                    Assert.Equal(text, (await pool.CallAsync("echo", new { value = text })).GetString());
                }
                catch (WorkerCrashedException exception) when (exception.ExitCode == 137)
                {
                    Interlocked.Increment(ref crashed);
                }
            }
        })).ToArray();

        for (var kill = 1; kill <= Kills; kill++)
        {
            await log.WaitForAsync(entry => entry.Message.Contains($"/{Size + kill - 1} ", StringComparison.Ordinal) && entry.Message.Contains("is ready", StringComparison.Ordinal));
            var pid = await PidOfSomeWorkerAsync(pool);
            Process.GetProcessById(pid).Kill();
        }

        await log.WaitForAsync(entry => entry.Message.Contains($"/{Size + Kills} ", StringComparison.Ordinal) && entry.Message.Contains("is ready", StringComparison.Ordinal));
        await enough.CancelAsync();
        await Task.WhenAll(callers);
        Assert.InRange(crashed, 0, Kills);
        Assert.Equal(Kills, log.Entries.Count(entry => entry.Message.Contains("is lost", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_no_worker_can_be_started_callers_are_told_why_and_the_pool_heals_by_itself()
    {
        using var folder = new TemporaryFolder();
        var module = folder.Write("healing.py", Commands);
        using var log = new RecordingLoggerFactory();
        var good = await File.ReadAllTextAsync(module);
        await using var pool = await Pools.StartAsync(options =>
        {
            options.Module = "healing";
            options.Launch = PoolLaunch.Spawn; // A fork server does not look at the module again: ForkServerTests has its own.
            options.LoggerFactory = log;
            options.SearchPaths.Clear();
            options.SearchPaths.Add(folder.Path);
        });
        await File.WriteAllTextAsync(module, "raise RuntimeError('it is broken now')\n");
        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("die"));

        // The caller waits while starts fail, and is sent away when that has become certain.
        var exception = await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("fine"));
        Assert.Contains("no worker runs", exception.Message, StringComparison.Ordinal);
        Assert.Contains("it is broken now", exception.Message, StringComparison.Ordinal);

        File.Move(folder.Write("good.py", good), module, overwrite: true); // At once: half of it might be imported.
        await log.WaitForAsync(entry => entry.Message.Contains("healing/", StringComparison.Ordinal)
            && entry.Message.Contains("is ready", StringComparison.Ordinal) && !entry.Message.Contains("healing/1 ", StringComparison.Ordinal));
        Assert.Equal("yes", (await pool.CallAsync("fine")).GetString());
    }

    private static async Task<int> PidOfSomeWorkerAsync(PythonPool pool)
    {
        while (true)
        {
            try
            {
                return (await pool.CallAsync("pid")).GetInt32();
            }
            catch (WorkerCrashedException)
            {
                // The one before was just killed.
            }
        }
    }
}
