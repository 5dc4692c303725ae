using TypedPool.Testing.Logging;
using TypedPool.Testing.Processes;
using TypedPool.Tests.Telemetry;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Workers that the system has stopped while they were free: neither dead nor alive.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly RecordingLoggerFactory _log = new();
    private readonly RecordingMeterListener _listener = new("pool_commands");

    public void Dispose()
    {
        _listener.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_free_worker_that_does_not_answer_is_told_of_used_last_and_kept()
    {
        await using var pool = await StartAsync(size: 2);
        var stopped = pool.GetStatus().Workers[1];
        using (new StoppedProcess(stopped.ProcessId!.Value))
        {
            var line = await _log.WaitForAsync(entry => entry.Message.StartsWith($"Worker {stopped.Id} has not answered a ping", StringComparison.Ordinal));
            Assert.Contains("HealthTimeout (00:00:02)", line.Message, StringComparison.Ordinal);

            var status = pool.GetStatus();
            var suspect = status.Workers.Single(worker => worker.Id == stopped.Id);
            Assert.Equal((true, WorkerState.Free), (suspect.IsSuspect, suspect.State));
            Assert.True(suspect.SinceSeenAlive >= TimeSpan.FromSeconds(2));
            Assert.NotEqual(PoolHealth.Healthy, status.Health);
            Assert.True(status is { Suspects: >= 1, MissedPings: >= 1 });
            Assert.Equal(1, _listener.Of("typedpool.worker.missed_pings")[0].Value);
            for (var call = 0; call < 3; call++)
            {
                // It came back last, and would be used first.
                Assert.NotEqual(stopped.ProcessId, (await pool.CallAsync("pid")).GetInt32());
            }
        }

        await _log.WaitForAsync(entry => entry.Message.StartsWith($"Worker {stopped.Id} has answered its ping", StringComparison.Ordinal));
        var trusted = pool.GetStatus().Workers.Single(worker => worker.Id == stopped.Id);
        Assert.Equal((stopped.ProcessId, false), (trusted.ProcessId, trusted.IsSuspect));
        Assert.True(trusted.PingTime >= TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(_log.Entries, entry => entry.Message.Contains("is lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pool_of_which_no_worker_answers_is_unhealthy_and_its_calls_wait_for_their_own_time()
    {
        await using var pool = await StartAsync(size: 1);
        var stopped = Assert.Single(pool.GetStatus().Workers);
        using (new StoppedProcess(stopped.ProcessId!.Value))
        {
            await _log.WaitForAsync(entry => entry.Message.StartsWith($"Worker {stopped.Id} has not answered a ping", StringComparison.Ordinal));
            Assert.Equal((PoolHealth.Unhealthy, 1), (pool.GetStatus().Health, pool.GetStatus().Suspects));
            var exception = await Assert.ThrowsAsync<CommandTimeoutException>(
                () => pool.CallAsync("pid", options: new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(200) }));
            Assert.Equal(("command_timeout", TimeSpan.FromMilliseconds(200)), (exception.Code, exception.Timeout));
            Assert.NotEqual(stopped.ProcessId, (await pool.CallAsync("pid")).GetInt32());
        }
    }

    [Fact]
    public async Task A_worker_that_is_being_pinged_takes_a_call()
    {
        await using var pool = await StartAsync(size: 1);
        var stopped = Assert.Single(pool.GetStatus().Workers).ProcessId!.Value;
        Task<System.Text.Json.JsonElement> call;
        using (new StoppedProcess(stopped))
        {
            await _log.WaitForAsync(entry => entry.Message.Contains("has not answered a ping", StringComparison.Ordinal));
            call = pool.CallAsync("pid");
            Assert.Equal(WorkerState.Busy, Assert.Single(pool.GetStatus().Workers).State);
        }

        // The answer to the ping comes first, and is not taken for that of the call.
        Assert.Equal(stopped, (await call).GetInt32());
    }

    private Task<PythonPool> StartAsync(int size) => Pools.StartAsync(options =>
    {
        (options.Size, options.LoggerFactory) = (size, _log);
        (options.HealthInterval, options.HealthTimeout) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));
    });
}
