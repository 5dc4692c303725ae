using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>What is run again after its worker has died, how often, and what never is.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task An_idempotent_command_whose_worker_dies_is_run_again_and_the_caller_need_not_know()
    {
        await using var pool = await AttemptPool.StartAsync();

        Assert.Equal(2, await pool.DieFirstAsync(times: 1));
        Assert.Equal(2, pool.Runs);
    }

    [Fact]
    public async Task An_idempotent_command_that_crashes_every_time_costs_two_workers_and_the_pool_serves_on()
    {
        await using var pool = await AttemptPool.StartAsync();

        var poison = await Assert.ThrowsAsync<PoisonRequestException>(() => pool.DieFirstAsync(times: 100, new CallOptions { Session = "s" }));

        Assert.Equal((PythonErrorCategory.System, "poison_request"), (poison.Category, poison.Code));
        Assert.Equal(("attempt_commands", "attempt_commands/2", "s", "die_first"), (poison.PoolName, poison.WorkerId, poison.Session, poison.Command));
        Assert.Equal([11, 12], poison.ExitCodes);
        var last = Assert.IsType<WorkerCrashedException>(poison.InnerException);
        Assert.Equal((12, Delivery.MayHaveRun, "attempt_commands/2"), (last.ExitCode, last.Delivery, last.WorkerId));
        Assert.Equal(2, pool.Runs);
        Assert.Equal(3, await pool.DieFirstAsync(times: 0));
    }

    [Fact]
    public async Task Nothing_is_remembered_of_a_call_once_it_has_ended()
    {
        await using var pool = await AttemptPool.StartAsync();
        await Assert.ThrowsAsync<PoisonRequestException>(() => pool.DieFirstAsync(times: 3));

        Assert.Equal(4, await pool.DieFirstAsync(times: 3));
    }

    [Fact]
    public async Task The_pools_option_says_how_often_and_a_call_may_say_otherwise()
    {
        await using var pool = await AttemptPool.StartAsync(options => options.IdempotentRetries = 2);

        Assert.Equal(3, await pool.DieFirstAsync(times: 2));
        File.Delete(pool.RunsFile);
        var poison = await Assert.ThrowsAsync<PoisonRequestException>(() => pool.DieFirstAsync(times: 100, new CallOptions { IdempotentRetries = 3 }));
        Assert.Equal([11, 12, 13, 14], poison.ExitCodes);
        File.Delete(pool.RunsFile);
        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.DieFirstAsync(times: 1, new CallOptions { IdempotentRetries = 0 }));
        Assert.Equal((11, 1), (crash.ExitCode, pool.Runs));
    }

    [Fact]
    public async Task A_call_that_is_to_be_run_again_is_not_refused_where_no_more_may_wait()
    {
        await using var pool = await AttemptPool.StartAsync(options => options.QueueLimit = 1);
        var dying = pool.DieFirstAsync(times: 1);
        var waiting = pool.DieFirstAsync(times: 0);

        Assert.Equal([2, 3], (await Task.WhenAll(dying, waiting)).Order());
    }

    [Fact]
    public async Task A_command_that_is_not_declared_idempotent_is_run_once()
    {
        await using var pool = await AttemptPool.StartAsync(options => options.IdempotentRetries = 10);

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.DieFirstAsync(times: 1, isIdempotent: false));

        Assert.Equal((11, Delivery.MayHaveRun, 1), (crash.ExitCode, crash.Delivery, pool.Runs));
    }

    [Fact]
    public async Task A_command_that_ran_too_long_is_not_run_again()
    {
        await using var pool = await AttemptPool.StartAsync();
        var limit = TimeSpan.FromSeconds(1);

        var exception = await Assert.ThrowsAsync<CommandTimeoutException>(
            () => pool.CallAsync("hang", new { path = pool.RunsFile }, new CallOptions { CommandTimeout = limit }));

        Assert.Equal((limit, 1), (exception.Timeout, pool.Runs));
    }

    [Fact]
    public async Task A_cancelled_command_is_not_run_again()
    {
        await using var pool = await AttemptPool.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = pool.CallAsync("hang", new { path = pool.RunsFile }, cancellationToken: cancellation.Token);
        await pool.UntilRunAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(2, await pool.DieFirstAsync(times: 0));
    }

    [Fact]
    public async Task An_exception_of_Pythons_is_the_answer_and_not_asked_for_again()
    {
        await using var pool = await AttemptPool.StartAsync();

        await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("fail", new { path = pool.RunsFile }));

        Assert.Equal(1, pool.Runs);
    }

    [Fact]
    public async Task A_worker_that_breaks_the_protocol_gets_no_second_chance_elsewhere()
    {
        await using var pool = await AttemptPool.StartAsync();

        await Assert.ThrowsAsync<ProtocolException>(() => pool.CallAsync("break_protocol", new { path = pool.RunsFile }));

        Assert.Equal(2, await pool.DieFirstAsync(times: 0));
    }

    [Fact]
    public async Task A_call_that_its_worker_had_not_begun_moves_to_another_one_though_it_is_not_idempotent()
    {
        const int Stop = 19;
        const int Kill = 9;
        await using var helper = await AttemptPool.StartAsync();
        await using var pool = await Pools.StartAsync();
        var stopped = (await pool.CallAsync("pid")).GetInt32();
        await helper.CallAsync("send_signal", new { pid = stopped, number = Stop });
        var call = pool.CallAsync("pid");

        await helper.CallAsync("send_signal", new { pid = stopped, number = Kill });

        Assert.NotEqual(stopped, (await call).GetInt32());
    }
}
