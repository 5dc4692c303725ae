using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>Several calls at once on one worker.</summary>
public sealed class ManyAtOnceTests : IDisposable
{
    private const int Calls = 20;

    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task As_many_calls_run_at_once_as_the_option_says_and_no_more()
    {
        await using var pool = await StartAsync();

        // Each waits until so many are there: with fewer at once they would wait for ever.
        var meeting = Enumerable.Range(0, Calls).Select(_ => pool.CallAsync("meet", new { count = Calls })).ToArray();
        await Task.WhenAll(meeting);
        var most = await Task.WhenAll(Enumerable.Range(0, 3 * Calls).Select(_ => pool.CallAsync("most_at_once")));

        Assert.InRange(most.Max(each => each.GetInt32()), 2, Calls);
        Assert.Single(pool.Pool.GetStatus().Workers);
    }

    [Fact]
    public async Task A_plain_command_holds_up_no_task()
    {
        await using var pool = await StartAsync();
        var plain = await pool.BeginAsync("wait_plainly", new { path = pool.PathOf("begun"), go = pool.PathOf("go") });

        await pool.PidAsync();

        Assert.False(plain.IsCompleted);
        pool.Make("go");
        await plain;
    }

    [Fact]
    public async Task One_of_many_is_cancelled_and_its_neighbours_go_on()
    {
        await using var pool = await StartAsync();
        var neighbour = pool.CallAsync("meet", new { count = 2 });
        var call = await pool.BeginAsync("wait", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await pool.CallAsync("meet", new { count = 2 });
        await neighbour;
        Assert.Equal(0, pool.Losses);
    }

    [Fact]
    public async Task A_worker_that_is_killed_for_one_call_costs_its_neighbours_and_tells_them_why()
    {
        await using var pool = await StartAsync();
        var neighbour = pool.CallAsync("meet", new { count = Calls });
        var timeout = new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(300) };

        await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.CallAsync("keep_the_loop_busy", new { path = pool.PathOf("begun") }, timeout));

        var exception = await Assert.ThrowsAsync<WorkerCrashedException>(() => neighbour);
        Assert.Equal(Delivery.MayHaveRun, exception.Delivery);
        Assert.Contains("killed for another call on it, which ran too long", exception.Message, StringComparison.Ordinal);
        await pool.PidAsync();
    }

    [Fact]
    public async Task An_idempotent_neighbour_of_a_call_that_cost_the_worker_is_run_again()
    {
        await using var pool = await StartAsync();
        var first = pool.PathOf("first");
        var neighbour = pool.Pool.InvokeAsync(Raw.Command("wait_in_first_run", isIdempotent: true), new { path = first });
        await pool.UntilExistsAsync("first");
        var timeout = new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(300) };

        await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.CallAsync("keep_the_loop_busy", new { path = pool.PathOf("begun") }, timeout));

        Assert.True((await neighbour).GetBoolean());
    }

    [Fact]
    public async Task A_module_that_runs_one_call_at_a_time_is_refused()
    {
        var options = Pools.Options("live_commands");
        options.CallsPerWorker = 2;

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(options));

        Assert.Contains("CallsPerWorker is 2", exception.Message, StringComparison.Ordinal);
    }

    private static Task<LivePool> StartAsync() => LivePool.StartAsync(options => options.CallsPerWorker = Calls, "async_commands");
}
