using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>How the workers of a pool are started together, each of which imports the module: a fork server imports it once.</summary>
public sealed class SideBySideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pool_of_which_nothing_is_said_has_a_worker_for_each_processor()
    {
        await using var pool = await PythonPool.StartAsync(new PythonPoolOptions { Module = "promise_commands", SearchPaths = { "python" } });

        var status = pool.GetStatus();
        Assert.Equal((PoolHealth.Healthy, "promise_commands", Environment.ProcessorCount), (status.Health, status.Name, status.Size));
        Assert.Equal(Enumerable.Repeat(WorkerState.Free, Environment.ProcessorCount), status.Workers.Select(worker => worker.State));
        Assert.Contains((await pool.CallAsync("pid")).GetInt32(), status.Workers.Select(worker => worker.ProcessId!.Value));
    }

    [Fact]
    public async Task Workers_are_started_side_by_side()
    {
        // One after the other, the first would wait for ever.
        Write("""
            while len(os.listdir(arrived)) < 4:
                time.sleep(0.002)
            """);

        await using var pool = await StartAsync(size: 4);

        Assert.Equal(4, pool.GetStatus().Workers.Count);
    }

    [Fact]
    public async Task Where_one_worker_does_not_start_the_others_are_given_up_and_its_reason_is_told()
    {
        Write("""
            while len(os.listdir(arrived)) < 3:
                time.sleep(0.002)
            if str(os.getpid()) == max(os.listdir(arrived)):
                raise RuntimeError("the last one cannot")
            while True:
                time.sleep(3600)
            """);

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => StartAsync(size: 3));

        Assert.Contains("RuntimeError: the last one cannot", exception.Message, StringComparison.Ordinal);
    }

    private void Write(string rest)
    {
        var arrived = Directory.CreateDirectory(Path.Combine(_folder.Path, "arrived")).FullName;
        _folder.Write("meeting.py", $"""
            import os
            import time

            from typedpool import command

            @command
            def here() -> bool:
                return True

            arrived = "{arrived}"
            open(os.path.join(arrived, str(os.getpid())), "w").close()
            {rest}
            """);
    }

    private Task<PythonPool> StartAsync(int size) => Pools.StartAsync(options =>
    {
        (options.Module, options.Size, options.Launch) = ("meeting", size, PoolLaunch.Spawn);
        options.SearchPaths.Clear();
        options.SearchPaths.Add(_folder.Path);
    });
}
