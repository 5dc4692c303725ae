using TypedPool.Testing;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>The three clocks, each with its own error; and cancellation.</summary>
public sealed class ClockTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("touch_and_wait")]
    [InlineData("spin_after")]
    [InlineData("sleep_in_c_holding_the_lock")]
    public async Task A_command_that_runs_too_long_is_ended_with_its_worker(string command)
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = log);
        var before = (await pool.CallAsync("pid")).GetInt32();

        var exception = await Assert.ThrowsAsync<CommandTimeoutException>(
            () => pool.CallAsync(command, new { path = File("started") }, new CallOptions { CommandTimeout = Short }));

        Assert.Equal((PythonErrorCategory.Timeout, "command_timeout", command), (exception.Category, exception.Code, exception.Command));
        Assert.Contains("CommandTimeout (00:00:00.2", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"in {command}", exception.PythonStack, StringComparison.Ordinal);
        Assert.Contains(exception.PythonStack, exception.Message, StringComparison.Ordinal);
        Assert.NotEqual(before, (await pool.CallAsync("pid")).GetInt32());
        await log.WaitForAsync(entry => entry.Message.Contains("is lost (CommandTimeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pools_own_command_timeout_counts_where_the_call_says_nothing()
    {
        await using var pool = await Pools.StartAsync(options => options.CommandTimeout = Short);

        await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.CallAsync("touch_and_wait", new { path = File("started") }));
    }

    [Fact]
    public async Task A_caller_that_finds_no_free_worker_in_time_is_told_what_to_set()
    {
        await using var pool = await Pools.StartAsync(options => options.CheckoutTimeout = Short);
        var running = pool.CallAsync("wait_for", new { path = File("go") });

        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(() => pool.CallAsync("add", new { a = 1, b = 2 }, new CallOptions { Session = "s" }));
        var own = new CallOptions { CheckoutTimeout = TimeSpan.FromMilliseconds(1) };
        await Assert.ThrowsAsync<CheckoutTimeoutException>(() => pool.CallAsync("add", new { a = 1, b = 2 }, own));

        Assert.Equal(("pool_commands", "s", "add", null), (exception.PoolName, exception.Session, exception.Command, exception.WorkerId));
        Assert.Contains("CheckoutTimeout (00:00:00.2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1 workers run (Size 1, Overflow 0), 1 are busy", exception.Message, StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File("go"), "");
        await running;
    }

    [Fact]
    public async Task The_wait_for_a_worker_does_not_count_as_time_of_the_command()
    {
        await using var pool = await Pools.StartAsync();
        var running = pool.CallAsync("wait_for", new { path = File("go") });
        var waiting = pool.CallAsync("remaining", options: new CallOptions { CommandTimeout = TimeSpan.FromSeconds(500) });
        await System.IO.File.WriteAllTextAsync(File("go"), "");
        await running;

        Assert.InRange((await waiting).GetDouble(), 499, 500);
    }

    [Fact]
    public async Task A_worker_that_does_not_become_ready_in_time_is_told_and_gone()
    {
        var options = Pools.Options("slow_module");
        options.StartTimeout = TimeSpan.FromSeconds(1);

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(options));

        Assert.Contains("StartTimeout (00:00:01)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_cancelled_before_it_began_costs_no_worker()
    {
        await using var pool = await Pools.StartAsync();
        var before = (await pool.CallAsync("pid")).GetInt32();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.CallAsync("pid", cancellationToken: cancelled.Token));

        Assert.Equal(before, (await pool.CallAsync("pid")).GetInt32());
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_for_a_worker_leaves_the_queue()
    {
        await using var pool = await Pools.StartAsync();
        var running = pool.CallAsync("wait_for", new { path = File("go") });
        using var cancellation = new CancellationTokenSource();
        var waiting = pool.CallAsync("pid", cancellationToken: cancellation.Token);
        var next = pool.CallAsync("add", new { a = 1, b = 2 });

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await System.IO.File.WriteAllTextAsync(File("go"), "");
        await running;
        Assert.Equal(3, (await next).GetInt64());
    }

    [Fact]
    public async Task Calls_cancelled_at_any_moment_lose_no_worker_and_mix_up_no_answer()
    {
        await using var pool = await Pools.StartAsync(options => options.Size = 2);
        var random = new Random(7);
        var delays = Enumerable.Range(0, 60).Select(_ => TimeSpan.FromMicroseconds(random.Next(0, 400))).ToArray();
        var cancelled = 0;
        for (var i = 0; i < delays.Length; i++)
        {
            using var cancellation = new CancellationTokenSource(delays[i]);
            try
            {
                Assert.Equal($"{i}", (await pool.CallAsync("echo", new { value = $"{i}" }, cancellationToken: cancellation.Token)).GetString());
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }
        }

        Assert.Equal("end", (await pool.CallAsync("echo", new { value = "end" })).GetString());
        Assert.Equal(0, pool.GetStatus().Losses);
        TestContext.Current.SendDiagnosticMessage($"{cancelled} of {delays.Length} calls were cancelled");
    }

    private string File(string name) => Path.Combine(_folder.Path, name);
}
