using Microsoft.Extensions.Time.Testing;
using TypedPool.Serialization;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class SessionTests : IDisposable
{
    private static readonly CallOptions InSession = new() { Session = "s" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_call_that_has_returned_is_counted()
    {
        await using var pool = await Pools.StartAsync();
        for (var calls = 1; calls <= 3; calls++)
        {
            await pool.CallAsync("pid", options: InSession);

            Assert.Equal((calls, 0), Counted(pool));
        }

        await pool.CallAsync("pid");
        Assert.Equal((3, 0), Counted(pool));
        Assert.Single(pool.GetSessions());
    }

    [Fact]
    public async Task The_first_call_of_a_session_by_a_hundred_callers_at_once_counts_a_hundred()
    {
        await using var pool = await Pools.StartAsync(options => options.Size = 3);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => pool.CallAsync("pid", options: InSession))));

        Assert.Equal((100, 0), Counted(pool));
    }

    [Fact]
    public async Task A_ping_in_a_session_is_answered_and_tracked()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var pool = await Pools.StartAsync(options => options.TimeProvider = time);

        var first = await pool.CallAsync("ping", new { echo = "hello" }, InSession);
        time.Advance(TimeSpan.FromSeconds(7));
        await pool.CallAsync("ping", new { echo = "again" }, InSession);

        Assert.Equal(("ok", "hello", "s"), (first.GetProperty("status").GetString(), first.GetProperty("echo").GetString(), first.GetProperty("session_id").GetString()));
        var session = Assert.Single(pool.GetSessions());
        Assert.Equal(("s", 2, 0), (session.Id, session.Calls, session.Failures));
        Assert.Equal(TimeSpan.FromSeconds(7), session.LastActivityAt - session.StartedAt);
        Assert.Equal(12, session.StartedAt.Hour);
    }

    [Fact]
    public async Task A_call_that_raises_counts_as_failed()
    {
        await using var pool = await Pools.StartAsync();

        await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("raise_value_error", new { message = "m" }, InSession));

        Assert.Equal((1, 1), Counted(pool));
    }

    [Fact]
    public async Task A_call_that_takes_too_long_counts_as_failed()
    {
        await using var pool = await Pools.StartAsync();
        var options = InSession with { CommandTimeout = TimeSpan.FromMilliseconds(50) };

        await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.CallAsync("touch_and_wait", new { path = FilePath("f") }, options));

        Assert.Equal((1, 1), Counted(pool));
    }

    [Fact]
    public async Task A_call_that_finds_no_worker_counts_as_failed()
    {
        await using var pool = await Pools.StartAsync();
        var running = pool.CallAsync("wait_for", new { path = FilePath("go") });
        var options = InSession with { CheckoutTimeout = TimeSpan.FromMilliseconds(1) };

        await Assert.ThrowsAsync<CheckoutTimeoutException>(() => pool.CallAsync("pid", options: options));

        Assert.Equal((1, 1), Counted(pool));
        await File.WriteAllTextAsync(FilePath("go"), "");
        await running;
    }

    [Fact]
    public async Task A_cancelled_call_counts_as_failed()
    {
        await using var pool = await Pools.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = pool.CallAsync("wait_for", new { path = FilePath("never") }, InSession, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal((1, 1), Counted(pool));
    }

    [Fact]
    public async Task A_call_whose_worker_dies_counts_as_failed()
    {
        await using var pool = await Pools.StartAsync();

        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("exit_process", new { code = 3 }, InSession));

        Assert.Equal((1, 1), Counted(pool));
    }

    [Fact]
    public async Task A_call_whose_arguments_cannot_be_sent_counts_as_failed()
    {
        await using var pool = await Pools.StartAsync();
        var command = new PythonCommand<int, string>("pid", (_, _) => throw new JsonMismatchException("a number", "nothing"), JsonRead.String);

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.InvokeAsync(command, 1, InSession, TestContext.Current.CancellationToken));

        Assert.Equal((1, 1), Counted(pool));
    }

    [Fact]
    public async Task A_call_on_a_stopped_pool_is_not_counted()
    {
        var pool = await Pools.StartAsync();
        await pool.CallAsync("pid", options: InSession);
        await pool.StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("pid", options: InSession));

        Assert.Equal((1, 0), Counted(pool));
    }

    [Fact]
    public async Task Two_pools_count_by_themselves()
    {
        await using var first = await Pools.StartAsync();
        await using var second = await Pools.StartAsync();

        await first.CallAsync("pid", options: InSession);

        Assert.Equal((1, 0), Counted(first));
        Assert.Empty(second.GetSessions());
    }

    [Fact]
    public async Task A_session_that_was_ended_is_forgotten()
    {
        await using var pool = await Pools.StartAsync();
        await pool.CallAsync("pid", options: InSession);

        Assert.True(pool.EndSession("s"));
        Assert.False(pool.EndSession("s"));
        Assert.Null(pool.GetSession("s"));

        await pool.CallAsync("pid", options: InSession);
        Assert.Equal((1, 0), Counted(pool));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(120, true)]
    public async Task Sessions_end_after_the_idle_time_of_the_pool(int idleMinutes, bool isLeft)
    {
        var time = new FakeTimeProvider();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.SessionIdleTime = TimeSpan.FromMinutes(idleMinutes);
        });
        await pool.CallAsync("pid", options: InSession);

        time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal(isLeft, pool.GetSession("s") is not null);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(90, true)]
    public async Task Idle_sessions_are_looked_for_in_the_interval_of_the_pool(int sweepMinutes, bool isLeft)
    {
        var time = new FakeTimeProvider();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.SessionSweepInterval = TimeSpan.FromMinutes(sweepMinutes);
        });
        await pool.CallAsync("pid", options: InSession);

        time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal(isLeft, pool.GetSession("s") is not null);
    }

    [Fact]
    public async Task An_empty_session_is_no_session()
    {
        await using var pool = await Pools.StartAsync();

        Assert.Throws<ArgumentException>(() => pool.GetSession(""));
        Assert.Throws<ArgumentException>(() => pool.EndSession(""));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => pool.CallAsync("pid", options: new CallOptions { Session = "" }));

        Assert.Contains("Session must not be empty", refused.Message, StringComparison.Ordinal);
        Assert.Empty(pool.GetSessions());
    }

    private static (long Calls, long Failures) Counted(PythonPool pool)
    {
        var session = pool.GetSession("s")!;
        return (session.Calls, session.Failures);
    }

    private string FilePath(string name) => Path.Combine(_folder.Path, name);
}
