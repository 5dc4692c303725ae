using Microsoft.Extensions.Time.Testing;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1000);

    [Fact]
    public async Task A_deadline_that_has_passed_ends_the_call_at_once_and_touches_no_worker()
    {
        await using var pool = await AttemptPool.StartAsync(options => options.TimeProvider = new FixedWallClock());

        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(
            () => pool.DieFirstAsync(times: 0, new CallOptions { Deadline = FixedWallClock.Now.AddSeconds(-1) }));

        Assert.Contains("Deadline", exception.Message, StringComparison.Ordinal);
        Assert.Equal((TimeSpan.Zero, null, 0), (exception.Timeout, exception.WorkerId, pool.Runs));
        Assert.Equal(1, await pool.DieFirstAsync(times: 0, new CallOptions { Deadline = FixedWallClock.Now + Long }));
    }

    [Fact]
    public async Task A_deadline_ends_the_wait_for_a_worker()
    {
        var time = new FakeTimeProvider();
        await using var pool = await AttemptPool.StartAsync(options => options.TimeProvider = time);
        using var cancellation = new CancellationTokenSource();
        var running = pool.CallAsync("hang", new { path = pool.RunsFile }, cancellationToken: cancellation.Token);
        var waiting = pool.DieFirstAsync(times: 0, new CallOptions { Deadline = time.GetUtcNow().AddSeconds(10) });

        time.Advance(TimeSpan.FromSeconds(10));

        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(() => waiting);
        Assert.Contains("Deadline (00:00:10", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Set a later Deadline", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(10), exception.Timeout);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Without_a_deadline_the_wait_ends_as_it_always_did_and_tells_its_limit()
    {
        var time = new FakeTimeProvider();
        await using var pool = await AttemptPool.StartAsync(options => options.TimeProvider = time);
        using var cancellation = new CancellationTokenSource();
        var running = pool.CallAsync("hang", new { path = pool.RunsFile }, cancellationToken: cancellation.Token);
        var waiting = pool.DieFirstAsync(times: 0, new CallOptions { CheckoutTimeout = TimeSpan.FromSeconds(10) });

        time.Advance(TimeSpan.FromSeconds(10));

        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(() => waiting);
        Assert.Contains("CheckoutTimeout (00:00:10)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(10), exception.Timeout);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_deadline_ends_a_running_command()
    {
        await using var pool = await AttemptPool.StartAsync(options => options.TimeProvider = new FixedWallClock());
        var second = TimeSpan.FromSeconds(1);

        var exception = await Assert.ThrowsAsync<CommandTimeoutException>(
            () => pool.CallAsync("hang", new { path = pool.RunsFile }, new CallOptions { Deadline = FixedWallClock.Now + second }));

        Assert.Contains("within Deadline (00:00:0", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Timeout, TimeSpan.FromTicks(1), second);
        Assert.Equal(1, pool.Runs);
    }

    [Fact]
    public async Task What_a_call_has_waited_is_gone_from_the_time_that_Python_sees_only_where_the_deadline_is_nearer()
    {
        var time = new FakeTimeProvider();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.CheckoutTimeout = options.CommandTimeout = Timeout.InfiniteTimeSpan;
        });
        using var folder = new TemporaryFolder();
        var go = Path.Combine(folder.Path, "go");
        var running = pool.CallAsync("wait_for", new { path = go });
        var options = new CallOptions { Deadline = time.GetUtcNow() + Long };
        var nearer = pool.CallAsync("remaining", options: options);
        var farther = pool.CallAsync("remaining", options: options with { CommandTimeout = TimeSpan.FromSeconds(300) });

        time.Advance(TimeSpan.FromSeconds(400));
        await File.WriteAllTextAsync(go, "");
        await running;

        Assert.InRange((await nearer).GetDouble(), 500, 600);
        Assert.InRange((await farther).GetDouble(), 200, 300);
    }

    [Fact]
    public async Task A_command_that_is_run_again_has_the_rest_of_the_same_deadline()
    {
        var time = new FakeTimeProvider();
        await using var pool = await AttemptPool.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.CommandTimeout = Timeout.InfiniteTimeSpan;
        });
        var signal = pool.PathOf("signal");
        var call = pool.CallAsync("die_at_last", new { path = pool.RunsFile, signal }, new CallOptions { Deadline = time.GetUtcNow() + Long });
        await pool.UntilRunAsync();

        time.Advance(TimeSpan.FromSeconds(400));
        await File.WriteAllTextAsync(signal, "");

        Assert.InRange((await call).GetDouble(), 500, 600);
        Assert.Equal(2, pool.Runs);
    }
}
