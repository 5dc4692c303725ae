using TypedPool.Testing;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>After each of these, the check for leftovers sees that no process, descriptor or file is left.</summary>
public sealed class StopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stopped_pool_refuses_calls()
    {
        var pool = await Pools.StartAsync();
        await pool.StopAsync();

        var exception = await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("pid"));

        Assert.Equal(("pool_commands", "pid", PythonErrorCategory.Resource), (exception.PoolName, exception.Command, exception.Category));
    }

    [Fact]
    public async Task Stopping_twice_and_disposing_twice_is_as_stopping_once()
    {
        var pool = await Pools.StartAsync();

        await Task.WhenAll(pool.StopAsync(), pool.StopAsync());
        await pool.DisposeAsync();
        await pool.DisposeAsync();
    }

    [Fact]
    public async Task Workers_that_are_asked_to_leave_leave_by_themselves()
    {
        using var log = new RecordingLoggerFactory();
        var pool = await Pools.StartAsync(options =>
        {
            options.Size = 2;
            options.LoggerFactory = log;
        });

        await pool.StopAsync();

        Assert.Equal(2, log.Entries.Count(entry => entry.Message.EndsWith("left with exit code 0.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_running_call_may_end_before_its_worker_leaves()
    {
        var pool = await Pools.StartAsync();
        var path = Path.Combine(_folder.Path, "go");
        var call = pool.CallAsync("wait_for", new { path });

        var stopping = pool.StopAsync();
        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("pid"));
        Assert.False(call.IsCompleted);
        await File.WriteAllTextAsync(path, "");

        Assert.Equal(path, (await call).GetString());
        await stopping;
    }

    [Fact]
    public async Task A_worker_without_a_call_leaves_while_the_call_of_another_still_runs()
    {
        using var log = new RecordingLoggerFactory();
        var pool = await Pools.StartAsync(options => (options.Size, options.LoggerFactory) = (2, log));
        var path = Path.Combine(_folder.Path, "go");
        var call = pool.CallAsync("wait_for", new { path });

        var stopping = pool.StopAsync();
        await log.WaitForAsync(entry => entry.Message.EndsWith("left with exit code 0.", StringComparison.Ordinal));
        Assert.Equal(WorkerState.Busy, Assert.Single(pool.GetStatus().Workers, worker => worker.State != WorkerState.Leaving).State);
        Assert.False(call.IsCompleted);
        await File.WriteAllTextAsync(path, "");

        Assert.Equal(path, (await call).GetString());
        await stopping;
    }

    [Fact]
    public async Task A_worker_that_takes_time_to_leave_has_it_although_the_calls_have_ended()
    {
        var left = Path.Combine(_folder.Path, "left");
        var pool = await Pools.StartAsync();
        await pool.CallAsync("leave_slowly", new { path = left });

        await pool.StopAsync();

        Assert.True(File.Exists(left));
    }

    [Fact]
    public async Task A_change_of_a_stopped_pool_is_refused_as_a_call_is()
    {
        var pool = await Pools.StartAsync();
        await pool.StopAsync();

        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.RecycleAsync());
        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.ResizeAsync(2));
    }

    [Fact]
    public async Task A_call_that_outlasts_the_patience_is_ended()
    {
        var pool = await Pools.StartAsync(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var call = pool.CallAsync("wait_for", new { path = Path.Combine(_folder.Path, "never") });

        await pool.StopAsync();

        Assert.Contains("ShutdownTimeout", (await Assert.ThrowsAsync<PoolUnavailableException>(() => call)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_patience_ends_when_it_is_cancelled()
    {
        var pool = await Pools.StartAsync(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        var call = pool.CallAsync("wait_for", new { path = Path.Combine(_folder.Path, "never") });
        using var cancellation = new CancellationTokenSource();

        var stopping = pool.StopAsync(cancellation.Token);
        Assert.False(stopping.IsCompleted);
        await cancellation.CancelAsync();

        await stopping;
        await Assert.ThrowsAsync<PoolUnavailableException>(() => call);
    }

    [Fact]
    public async Task The_patience_ends_whoever_of_those_that_stop_cancels_it()
    {
        var pool = await Pools.StartAsync(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        var call = pool.CallAsync("wait_for", new { path = Path.Combine(_folder.Path, "never") });
        using var cancellation = new CancellationTokenSource();

        var patient = pool.StopAsync();
        var impatient = pool.StopAsync(cancellation.Token);
        Assert.False(patient.IsCompleted);
        await cancellation.CancelAsync();

        await Task.WhenAll(patient, impatient);
        await Assert.ThrowsAsync<PoolUnavailableException>(() => call);
    }

    [Fact]
    public async Task A_caller_that_waits_for_a_worker_is_sent_away()
    {
        var pool = await Pools.StartAsync(options => options.ShutdownTimeout = TimeSpan.Zero);
        var running = pool.CallAsync("wait_for", new { path = Path.Combine(_folder.Path, "never") });
        var waiting = pool.CallAsync("pid");

        await pool.StopAsync();

        await Assert.ThrowsAsync<PoolUnavailableException>(() => waiting);
        await Assert.ThrowsAsync<PoolUnavailableException>(() => running);
    }

    [Fact]
    public async Task Calls_that_race_with_a_stop_end_in_an_answer_or_a_refusal()
    {
        for (var round = 0; round < 5; round++)
        {
            var pool = await Pools.StartAsync(options => options.Size = 2);
            var calls = Enumerable.Range(0, 40).Select(i => Task.Run(() => pool.CallAsync("echo", new { value = i }))).ToArray();
            await pool.StopAsync();
            for (var i = 0; i < calls.Length; i++)
            {
                try
                {
                    Assert.Equal(i, (await calls[i]).GetInt32());
                }
                catch (PoolUnavailableException)
                {
                    // Refused, or sent away while it waited.
                }
            }
        }
    }

    [Fact]
    public async Task Two_pools_know_nothing_of_each_other()
    {
        await using var first = await Pools.StartAsync(options => options.Name = "first");
        await using var second = await Pools.StartAsync(options => options.Name = "second");

        await first.StopAsync();

        Assert.Equal(3, (await second.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }
}
