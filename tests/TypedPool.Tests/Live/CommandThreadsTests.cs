using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>Plain commands, several at once on the threads of one worker.</summary>
public sealed class CommandThreadsTests : IDisposable
{
    private const int Calls = 10;

    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task As_many_plain_commands_run_at_once_as_there_are_threads()
    {
        await using var pool = await StartAsync();

        // Each waits until so many are there: with fewer at once they would wait for ever.
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => pool.CallAsync("meet", new { count = Calls })));

        Assert.Single(pool.Pool.GetStatus().Workers);
    }

    [Fact]
    public async Task With_fewer_threads_than_calls_the_others_wait_for_one()
    {
        await using var pool = await StartAsync(options => options.CommandThreads = 2);
        var meeting = pool.CallAsync("meet", new { count = 3 });
        var second = pool.CallAsync("watch", new { path = pool.PathOf("begun") }, cancellationToken: _cancellation.Token);
        await pool.UntilExistsAsync("begun");
        var third = pool.CallAsync("pid");

        // Both threads are taken; when one is given back it runs what waits.
        Assert.False(third.IsCompleted);
        await _cancellation.CancelAsync();
        Assert.Equal("in good order", (await second).GetString());
        await third;
        await pool.CallAsync("meet", new { count = 2 });
        await pool.CallAsync("meet", new { count = 3 });
        await meeting;
    }

    [Fact]
    public async Task Contexts_never_mix()
    {
        await using var pool = await StartAsync();
        var names = Enumerable.Range(0, 20 * Calls).Select(number => $"call-{number}").ToList();

        var remembered = await Task.WhenAll(names.Select(async name =>
            (await pool.CallAsync("remember", new { name }, new CallOptions { Session = name })).GetString()));

        Assert.Equal(names.Select(name => $"nobody {name} {name}"), remembered);
    }

    [Fact]
    public async Task Each_call_hears_its_own_reports_and_its_own_failure()
    {
        await using var pool = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 5 * Calls).Select(async value =>
        {
            var progress = new Recorder();
            await pool.CallAsync("report", new { value }, new CallOptions { Progress = progress });
            Assert.Equal(value, Assert.Single(progress.Reports).Value);
            await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("fail"));
        }));
    }

    [Fact]
    public async Task A_cancelled_command_is_told_and_its_neighbours_go_on()
    {
        await using var pool = await StartAsync(options => options.CancelGrace = TimeSpan.FromHours(1));
        var neighbour = pool.CallAsync("meet", new { count = 2 });
        var call = await pool.BeginAsync("watch", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        Assert.Equal("in good order", (await call).GetString());
        await pool.CallAsync("meet", new { count = 2 });
        await neighbour;
        Assert.Equal(0, pool.Losses);
    }

    [Fact]
    public async Task A_command_that_does_not_look_costs_the_worker_and_its_neighbours_are_told_why()
    {
        await using var pool = await StartAsync(options => options.CancelGrace = options.InterruptGrace = TimeSpan.FromMilliseconds(50));
        var neighbour = pool.CallAsync("meet", new { count = 2 });
        var call = await pool.BeginAsync("wait_for_ever", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var exception = await Assert.ThrowsAsync<WorkerCrashedException>(() => neighbour);
        Assert.Equal(Delivery.MayHaveRun, exception.Delivery);
        Assert.Contains("killed for another call on it, which was cancelled", exception.Message, StringComparison.Ordinal);
        await pool.PidAsync();
    }

    [Fact]
    public async Task Without_threads_a_module_of_plain_commands_is_refused()
    {
        var options = Pools.Options("threaded_commands");
        options.CallsPerWorker = 2;

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(options));

        Assert.Contains("set CommandThreads", exception.Message, StringComparison.Ordinal);
    }

    private static Task<LivePool> StartAsync(Action<PythonPoolOptions>? configure = null) => LivePool.StartAsync(
        options =>
        {
            options.CallsPerWorker = options.CommandThreads = Calls;
            configure?.Invoke(options);
        },
        "threaded_commands");

    private sealed class Recorder : IProgress<CommandProgress>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<CommandProgress> _reports = [];

        internal IReadOnlyCollection<CommandProgress> Reports => _reports;

        public void Report(CommandProgress value) => _reports.Enqueue(value);
    }
}
