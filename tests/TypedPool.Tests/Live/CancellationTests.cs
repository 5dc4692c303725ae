using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>A running call is cancelled: what its caller gets, and what becomes of its worker.</summary>
public sealed class CancellationTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData("loop")]
    [InlineData("sleep")]
    [InlineData("receive")]
    [InlineData("read")]
    [InlineData("lock")]
    [InlineData("child")]
    [InlineData("own_event_loop")]
    [InlineData("print_endlessly")]
    public async Task Python_code_and_blocked_system_calls_end_and_keep_their_worker(string command)
    {
        await using var pool = await LivePool.StartAsync(options => options.InterruptGrace = Long);
        var worker = await pool.PidAsync();
        var call = await pool.BeginAsync(command, cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(_cancellation.Token, exception.CancellationToken);
        Assert.Equal((worker, 0), (await pool.PidAsync(), pool.Losses));
    }

    [Fact]
    public async Task C_code_that_does_not_return_costs_the_worker()
    {
        await using var pool = await LivePool.StartAsync(options => options.CancelGrace = options.InterruptGrace = Short);
        var worker = await pool.PidAsync();
        var call = await pool.BeginAsync("hold_the_lock", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await pool.Log.WaitForAsync(entry => entry.Message.Contains("is lost (Cancelled", StringComparison.Ordinal));
        Assert.NotEqual(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task Without_any_grace_the_worker_is_killed_at_once()
    {
        await using var pool = await LivePool.StartAsync(options => options.CancelGrace = options.InterruptGrace = TimeSpan.Zero);
        var worker = await pool.PidAsync();
        var call = await pool.BeginAsync("sleep", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.NotEqual(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task A_command_that_watches_for_it_ends_in_good_order_and_its_result_arrives()
    {
        await using var pool = await LivePool.StartAsync(options => options.CancelGrace = Long);
        var call = await BeginToWatchAsync(pool, options: null);

        await _cancellation.CancelAsync();
        await pool.UntilExistsAsync("seen");
        pool.Make("go");

        Assert.Equal("in good order", (await call).GetString());
        Assert.False((await pool.CallAsync("was_cancelled")).GetBoolean());
    }

    [Fact]
    public async Task A_command_that_could_watch_for_it_is_interrupted_when_its_grace_is_over()
    {
        await using var pool = await LivePool.StartAsync(options => options.CancelGrace = options.InterruptGrace = Long);
        var worker = await pool.PidAsync();
        var call = await BeginToWatchAsync(pool, new CallOptions { CancelGrace = Short });

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(pool.Exists("seen"));
        Assert.Equal(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task What_a_command_swallows_is_raised_again()
    {
        await using var pool = await LivePool.StartAsync(options => options.InterruptGrace = Long);
        var worker = await pool.PidAsync();
        var call = await pool.BeginAsync("swallow", new { path = pool.PathOf("begun"), times = 3 }, cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        // It has ended with a result all the same; then that is what has become of it.
        Assert.Equal(3, (await call).GetInt32());
        Assert.Equal(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task What_a_command_makes_of_it_is_its_cancellation_too()
    {
        await using var pool = await LivePool.StartAsync();
        var call = await pool.BeginAsync("wrap", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Clearing_up_takes_its_time_and_is_not_interrupted_again()
    {
        await using var pool = await LivePool.StartAsync(options => options.InterruptGrace = Long);
        var worker = await pool.PidAsync();
        var call = await BeginToCleanUpAsync(pool);

        await _cancellation.CancelAsync();
        await pool.UntilExistsAsync("cleaning");

        pool.Make("go");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(pool.Exists("cleaning.done"));
        Assert.Equal(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task Clearing_up_that_takes_longer_than_its_grace_costs_the_worker()
    {
        await using var pool = await LivePool.StartAsync(options => options.CancelGrace = options.InterruptGrace = Short);
        var worker = await pool.PidAsync();
        var call = await BeginToCleanUpAsync(pool);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.False(pool.Exists("cleaning.done"));
        Assert.NotEqual(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task A_call_may_say_itself_how_long_its_clearing_up_may_take()
    {
        await using var pool = await LivePool.StartAsync(options => (options.CancelGrace, options.InterruptGrace) = (Short, Long));
        var worker = await pool.PidAsync();
        var call = await BeginToCleanUpAsync(pool, new CallOptions { InterruptGrace = Short });

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.NotEqual(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task A_worker_whose_signals_a_command_has_taken_is_killed_for_the_next_that_is_cancelled()
    {
        await using var pool = await LivePool.StartAsync(options => options.CancelGrace = options.InterruptGrace = Short);
        var worker = await pool.PidAsync();
        await pool.CallAsync("take_signals");
        var call = await pool.BeginAsync("sleep", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.NotEqual(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task A_command_that_raises_it_of_its_own_accord_has_failed()
    {
        await using var pool = await LivePool.StartAsync();

        var exception = await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("raise_cancelled", cancellationToken: _cancellation.Token));

        Assert.Equal("typedpool.Cancelled", exception.Error.Type);
    }

    [Fact]
    public async Task A_cancelled_call_is_counted_in_its_session_when_its_caller_learns_of_it()
    {
        await using var pool = await LivePool.StartAsync();
        var call = await pool.BeginAsync("sleep", options: new CallOptions { Session = "s" }, cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal((1, 1), (pool.Pool.GetSession("s")!.Calls, pool.Pool.GetSession("s")!.Failures));
    }

    [Fact]
    public async Task Cancelling_when_the_call_has_ended_does_nothing_to_the_next_one()
    {
        await using var pool = await LivePool.StartAsync();
        var worker = await pool.PidAsync();
        await pool.CallAsync("pid", cancellationToken: _cancellation.Token);
        var next = await pool.BeginAsync("wait", new { path = pool.PathOf("begun"), go = pool.PathOf("go") });

        await _cancellation.CancelAsync();
        pool.Make("go");

        Assert.Equal("waited", (await next).GetString());
        Assert.Equal((worker, 0), (await pool.PidAsync(), pool.Losses));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("sleep")]
    public async Task A_command_whose_time_is_up_may_be_interrupted_and_keep_its_worker(string command)
    {
        await using var pool = await LivePool.StartAsync(options => options.TimeoutAction = TimeoutAction.Interrupt);
        var worker = await pool.PidAsync();

        var exception = await Assert.ThrowsAsync<CommandTimeoutException>(
            () => pool.CallAsync(command, new { path = pool.PathOf("begun") }, new CallOptions { CommandTimeout = Short }));

        Assert.Contains("CommandTimeout (00:00:00.05", exception.Message, StringComparison.Ordinal);
        Assert.Contains("its worker goes on", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"in {command}", exception.PythonStack, StringComparison.Ordinal);
        Assert.DoesNotContain("typedpool/", exception.PythonStack, StringComparison.Ordinal);
        Assert.Equal(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task A_call_may_say_itself_what_happens_when_its_time_is_up()
    {
        await using var pool = await LivePool.StartAsync(options => options.TimeoutAction = TimeoutAction.Interrupt);
        var worker = await pool.PidAsync();
        var options = new CallOptions { CommandTimeout = Short, TimeoutAction = TimeoutAction.Kill };

        await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.CallAsync("sleep", new { path = pool.PathOf("begun") }, options));

        Assert.NotEqual(worker, await pool.PidAsync());
    }

    [Fact]
    public async Task A_command_that_cannot_be_interrupted_when_its_time_is_up_costs_the_worker_and_tells_where_it_stands()
    {
        await using var pool = await LivePool.StartAsync(options =>
        {
            options.TimeoutAction = TimeoutAction.Interrupt;
            options.CancelGrace = options.InterruptGrace = Short;
        });
        var worker = await pool.PidAsync();

        var exception = await Assert.ThrowsAsync<CommandTimeoutException>(
            () => pool.CallAsync("hold_the_lock", new { path = pool.PathOf("begun") }, new CallOptions { CommandTimeout = Short }));

        Assert.Contains("its worker was killed", exception.Message, StringComparison.Ordinal);
        Assert.Contains("in hold_the_lock", exception.PythonStack, StringComparison.Ordinal);
        Assert.NotEqual(worker, await pool.PidAsync());
    }

    private Task<Task<System.Text.Json.JsonElement>> BeginToWatchAsync(LivePool pool, CallOptions? options) => pool.BeginAsync(
        "watch", new { path = pool.PathOf("begun"), seen = pool.PathOf("seen"), go = pool.PathOf("go") }, options, _cancellation.Token);

    private Task<Task<System.Text.Json.JsonElement>> BeginToCleanUpAsync(LivePool pool, CallOptions? options = null) => pool.BeginAsync(
        "clean_up", new { path = pool.PathOf("begun"), cleaning = pool.PathOf("cleaning"), go = pool.PathOf("go") }, options, _cancellation.Token);
}
