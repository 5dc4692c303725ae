using System.Collections.Concurrent;
using TypedPool.Testing.Processes;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>Commands that leave something behind or change what is not theirs, and cancellations that come at odd moments.</summary>
public sealed class CarelessCommandTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task Context_variables_that_a_command_sets_are_gone_with_its_call()
    {
        await using var pool = await StartAsync();

        Assert.Equal("nobody", (await pool.CallAsync("set_variable", new { name = "a" })).GetString());
        Assert.Equal("nobody", (await pool.CallAsync("set_variable", new { name = "b" })).GetString());
    }

    [Fact]
    public async Task What_a_command_changes_of_its_process_stays_on_that_worker_and_on_no_other()
    {
        await using var pool = await StartAsync();
        var folder = Path.GetFullPath(pool.PathOf("."));
        var worker = await pool.PidAsync();

        await pool.CallAsync("change_the_process", new { folder });

        Assert.Equal([folder, "set", "True"], await ProcessAsync(pool));
        await pool.Pool.RecycleAsync();
        Assert.NotEqual(worker, await pool.PidAsync());
        Assert.NotEqual([folder, "set", "True"], await ProcessAsync(pool));
    }

    [Fact]
    public async Task A_locale_changes_no_number_that_travels()
    {
        await using var pool = await StartAsync();

        Assert.Equal(1234.5, (await pool.CallAsync("change_the_locale")).GetDouble());
        Assert.Equal(0.75, (await pool.CallAsync("number", new { value = 0.5 })).GetDouble());
    }

    [Fact]
    public async Task A_command_that_takes_every_signal_costs_its_worker_no_call_and_no_good_end()
    {
        await using var pool = await StartAsync();
        var worker = await pool.PidAsync();

        await pool.CallAsync("change_all_signals");

        Assert.Equal(worker, await pool.PidAsync());
        await pool.Pool.StopAsync();
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains("left with exit code 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plain_command_may_run_an_event_loop_of_its_own()
    {
        await using var pool = await StartAsync();

        Assert.Equal("run", (await pool.CallAsync("run_a_loop")).GetString());
        Assert.Equal("run", (await pool.CallAsync("run_a_loop")).GetString());
    }

    [Fact]
    public async Task What_a_thread_reports_that_a_command_left_behind_reaches_nobody()
    {
        await using var pool = await StartAsync();
        var first = new Recorder();
        await pool.CallAsync("leave_a_thread_that_reports", new { path = pool.PathOf("end") }, new CallOptions { Progress = first });
        var told = first.Reports.Count;

        for (var value = 0; value < 50; value++)
        {
            var progress = new Recorder();
            await pool.CallAsync("report_once", new { value }, new CallOptions { Progress = progress });
            Assert.Equal(value, Assert.Single(progress.Reports).Value);
        }

        Assert.Equal(told, first.Reports.Count);
        pool.Make("end");
        await pool.UntilExistsAsync("end.done");
    }

    [Fact]
    public async Task A_thread_that_does_not_end_keeps_its_worker_from_leaving_no_longer_than_ShutdownTimeout()
    {
        await using var pool = await StartAsync(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(300));
        await pool.CallAsync("leave_a_thread_that_is_no_daemon", new { path = pool.PathOf("never") });
        var worker = await pool.PidAsync();

        await pool.Pool.StopAsync();

        Assert.False(Directory.Exists($"/proc/{worker}"));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_starts_runs_nothing()
    {
        await using var pool = await StartAsync();
        await _cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => pool.CallAsync("wait", new { path = pool.PathOf("begun") }, cancellationToken: _cancellation.Token));

        Assert.Equal(_cancellation.Token, exception.CancellationToken);
        await pool.PidAsync();
        Assert.False(pool.Exists("begun"));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_for_a_worker_runs_nothing()
    {
        await using var pool = await StartAsync();
        using var first = new CancellationTokenSource();
        var running = await pool.BeginAsync("wait", cancellationToken: first.Token);
        var waiting = pool.CallAsync("wait", new { path = pool.PathOf("second") }, cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await pool.PidAsync();
        Assert.False(pool.Exists("second"));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_at_its_very_end_has_its_result_or_is_cancelled_and_the_next_is_not_touched()
    {
        await using var pool = await StartAsync();
        var worker = await pool.PidAsync();

        for (var round = 0; round < 200; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var call = pool.CallAsync("number", new { value = (double)round }, cancellationToken: cancellation.Token);
            var cancelling = Task.Run(cancellation.Cancel);
            try
            {
                Assert.Equal(round + 0.25, (await call).GetDouble());
            }
            catch (OperationCanceledException exception)
            {
                Assert.Equal(cancellation.Token, exception.CancellationToken);
            }

            await cancelling;
            Assert.Equal(1.25, (await pool.CallAsync("number", new { value = 1.0 })).GetDouble());
        }

        Assert.Equal((worker, 0), (await pool.PidAsync(), pool.Losses));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_when_its_time_is_up_already_ends_once()
    {
        await using var pool = await StartAsync(options =>
        {
            options.TimeoutAction = TimeoutAction.Interrupt;
            options.InterruptGrace = TimeSpan.FromHours(1);
        });
        var worker = await pool.PidAsync();
        var call = pool.CallAsync(
            "clear_up",
            new { path = pool.PathOf("begun"), go = pool.PathOf("go") },
            new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(300) },
            _cancellation.Token);
        await pool.UntilExistsAsync("begun.clearing");

        // Its time was up; the first to ask decides.
        await _cancellation.CancelAsync();
        pool.Make("go");

        await Assert.ThrowsAsync<CommandTimeoutException>(() => call);
        Assert.Equal((worker, 0), (await pool.PidAsync(), pool.Losses));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_when_its_worker_has_just_died_ends_as_one_or_the_other()
    {
        await using var pool = await StartAsync();

        for (var round = 0; round < 10; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var worker = await pool.PidAsync();
            var call = pool.CallAsync("wait", new { path = pool.PathOf($"{round}") }, cancellationToken: cancellation.Token);
            await pool.UntilExistsAsync($"{round}");
            Signals.Send(worker, Signals.Kill);

            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<Exception>(() => call);
            Assert.True(call.IsCanceled || call.Exception?.InnerException is WorkerCrashedException, $"{call.Exception}");
        }

        await pool.PidAsync();
    }

    private static async Task<List<string?>> ProcessAsync(LivePool pool) =>
        [.. (await pool.CallAsync("the_process")).EnumerateArray().Select(each => each.GetString())];

    private static Task<LivePool> StartAsync(Action<PythonPoolOptions>? configure = null) => LivePool.StartAsync(configure, "careless_commands");

    private sealed class Recorder : IProgress<CommandProgress>
    {
        private readonly ConcurrentQueue<CommandProgress> _reports = [];

        internal IReadOnlyCollection<CommandProgress> Reports => _reports;

        public void Report(CommandProgress value) => _reports.Enqueue(value);
    }
}
