using System.Collections.Concurrent;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>What a command tells of its progress, with real workers.</summary>
public sealed class ProgressTests
{
    private const int Flood = 20_000;

    [Fact]
    public async Task Reports_arrive_while_the_command_runs_and_the_last_before_the_call_ends()
    {
        await using var pool = await StartAsync();
        var progress = new Recorder(report => pool.Make($"{report.Value}"));

        var result = await pool.CallAsync("in_steps", new { folder = pool.PathOf(".") }, new CallOptions { Progress = progress });

        // It waits after each report until that has come.
        Assert.Equal("done", result.GetString());
        Assert.Equal(
            [
                new CommandProgress { Value = 0, Total = 3, Message = "schön 0" },
                new CommandProgress { Value = 1, Total = 3, Message = "schön 1" },
                new CommandProgress { Value = 2, Total = 3, Message = "schön 2" },
                new CommandProgress { Value = 3 },
            ],
            progress.Reports);
    }

    [Fact]
    public async Task A_flood_blocks_nobody_and_what_is_left_out_is_counted()
    {
        await using var pool = await StartAsync();
        using var go = new ManualResetEventSlim();
        var progress = new Recorder(_ =>
        {
            pool.Make("heard");
            go.Wait();
        });
        var call = pool.CallAsync("flood", new { count = Flood, folder = pool.PathOf(".") }, new CallOptions { Progress = progress });

        // The first report is still being told.
        await pool.UntilExistsAsync("flooded");
        await pool.PidAsync();
        Assert.Single(progress.Reports);
        Assert.False(call.IsCompleted);
        go.Set();
        await call;

        Assert.Equal([new CommandProgress { Value = 0 }, new CommandProgress { Value = Flood - 1, Skipped = Flood - 2 }], progress.Reports);
    }

    [Fact]
    public async Task What_a_report_throws_ends_the_reports_and_not_the_command()
    {
        await using var pool = await StartAsync();
        var progress = new Recorder(_ =>
        {
            pool.Make("heard");
            throw new TimeZoneNotFoundException();
        });
        var pid = await pool.PidAsync();

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(
            () => pool.CallAsync("flood", new { count = 100, folder = pool.PathOf(".") }, new CallOptions { Progress = progress }));
        var failure = await Assert.ThrowsAsync<PythonException>(
            () => pool.CallAsync("fail_after_report", options: new CallOptions { Progress = progress }));

        Assert.True(pool.Exists("flooded"));
        Assert.Equal("builtins.ValueError: no luck", failure.Message);
        Assert.Equal(2, progress.Reports.Count);
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public async Task A_progress_that_is_no_number_is_an_error_of_the_command(string value)
    {
        await using var pool = await StartAsync();

        var failure = await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("report", new { value }));

        Assert.Contains("has to be finite", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_many_calls_on_one_worker_hears_its_own_reports()
    {
        await using var pool = await StartAsync(options => options.CallsPerWorker = 20);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async value =>
        {
            var progress = new Recorder();
            await pool.CallAsync("report_later", new { value }, new CallOptions { Progress = progress });
            Assert.Equal(value, Assert.Single(progress.Reports).Value);
        }));
    }

    [Fact]
    public async Task Reports_are_told_in_the_context_of_the_caller()
    {
        await using var pool = await StartAsync();
        var local = new AsyncLocal<string> { Value = "mine" };
        var seen = "";

        await pool.CallAsync("report", new { value = 1 }, new CallOptions { Progress = new Recorder(_ => seen = local.Value) });

        Assert.Equal("mine", seen);
    }

    private static Task<LivePool> StartAsync(Action<PythonPoolOptions>? configure = null) => LivePool.StartAsync(configure, "progress_commands");

    /// <summary>Unlike <see cref="Progress{T}"/> it is told within the report.</summary>
    private sealed class Recorder(Action<CommandProgress>? then = null) : IProgress<CommandProgress>
    {
        private readonly ConcurrentQueue<CommandProgress> _reports = [];

        internal IReadOnlyCollection<CommandProgress> Reports => _reports;

        public void Report(CommandProgress value)
        {
            _reports.Enqueue(value);
            then?.Invoke(value);
        }
    }
}
