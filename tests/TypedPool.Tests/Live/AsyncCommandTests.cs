using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>Commands that are <c>async def</c>, and the hooks of a worker's life.</summary>
public sealed class AsyncCommandTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData("wait")]
    [InlineData("keep_the_loop_busy")]
    [InlineData("sleep")]
    public async Task A_cancelled_command_of_an_event_loop_keeps_its_worker(string command)
    {
        await using var pool = await StartAsync(options =>
        {
            options.CancelGrace = TimeSpan.FromMilliseconds(50);
            options.InterruptGrace = TimeSpan.FromHours(1);
        });
        var worker = await pool.PidAsync();
        var call = await pool.BeginAsync(command, cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal((worker, 0), (await pool.PidAsync(), pool.Losses));
    }

    [Fact]
    public async Task A_command_of_an_event_loop_whose_time_is_up_may_be_interrupted()
    {
        await using var pool = await StartAsync(options => options.TimeoutAction = TimeoutAction.Interrupt);
        var worker = await pool.PidAsync();

        await Assert.ThrowsAsync<CommandTimeoutException>(
            () => pool.CallAsync("wait", new { path = pool.PathOf("begun") }, new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(50) }));

        Assert.Equal(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task Hooks_are_called_when_a_worker_starts_and_when_it_leaves()
    {
        using var folder = new TypedPool.Testing.TemporaryFolder();
        var hooks = Path.Combine(folder.Path, "hooks");
        await using (var pool = await StartAsync(options => options.Environment["HOOKS"] = hooks))
        {
            Assert.Equal("started ", await File.ReadAllTextAsync(hooks));
            await pool.CallAsync("leave_a_task_behind", new { path = pool.PathOf("begun") });
        }

        Assert.Equal("started stopped ", await File.ReadAllTextAsync(hooks));
    }

    [Fact]
    public async Task A_hook_that_fails_fails_the_start_with_its_traceback()
    {
        var options = Pools.Options("async_commands");
        options.Environment["FAIL_START"] = "1";

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(options));

        Assert.Contains("LookupError: the weights are not there", exception.Message, StringComparison.Ordinal);
        Assert.Contains("in start", exception.Traceback, StringComparison.Ordinal);
    }

    private static Task<LivePool> StartAsync(Action<PythonPoolOptions> configure) => LivePool.StartAsync(configure, "async_commands");
}
