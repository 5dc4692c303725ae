using TypedPool.Testing;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>The pool's own promises, with real workers.</summary>
public sealed class PoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Many_callers_at_once_on_three_workers_and_two_more_all_succeed(int callers)
    {
        await using var pool = await Pools.StartAsync(options => (options.Size, options.Overflow) = (3, 2));

        var answers = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
            (await pool.CallAsync("echo", new { value = caller }, caller % 2 == 0 ? new CallOptions { Session = $"{caller}" } : null)).GetInt32()));

        Assert.Equal(Enumerable.Range(0, callers), answers);
    }

    [Fact]
    public async Task Under_load_more_workers_come_and_when_idle_they_leave()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
        {
            (options.Size, options.Overflow, options.OverflowIdleTime) = (1, 2, TimeSpan.FromMilliseconds(100));
            options.LoggerFactory = log;
        });
        var files = Enumerable.Range(0, 3).Select(i => Path.Combine(_folder.Path, $"{i}")).ToArray();

        // All three must run at once before any of them ends.
        var calls = files.Select(path => pool.CallAsync("wait_for", new { path })).ToArray();
        await log.WaitForAsync(entry => entry.Message.Contains("pool_commands/3 ", StringComparison.Ordinal) && entry.Message.Contains("is ready", StringComparison.Ordinal));
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(file, "");
        }

        await Task.WhenAll(calls);
        await log.WaitForAsync(entry => entry.Message.Contains("left with exit code 0", StringComparison.Ordinal));
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task Beyond_the_queue_limit_a_call_fails_at_once()
    {
        await using var pool = await Pools.StartAsync(options => options.QueueLimit = 1);
        var go = Path.Combine(_folder.Path, "go");
        var running = pool.CallAsync("wait_for", new { path = go });
        var waiting = pool.CallAsync("pid");

        var exception = await Assert.ThrowsAsync<QueueFullException>(() => pool.CallAsync("pid", options: new CallOptions { Session = "s" }));

        Assert.Equal(("queue_full", "pool_commands", "s", "pid"), (exception.Code, exception.PoolName, exception.Session, exception.Command));
        Assert.Contains("QueueLimit is 1", exception.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(go, "");
        await Task.WhenAll(running, waiting);
    }

    [Fact]
    public async Task A_lazy_pool_starts_its_first_worker_with_the_first_call()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => (options.Startup, options.Size, options.LoggerFactory) = (PoolStartup.Lazy, 3, log));
        Assert.DoesNotContain(log.Entries, entry => entry.Message.Contains("is ready", StringComparison.Ordinal));

        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());

        Assert.Single(log.Entries, entry => entry.Message.Contains("is ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pool_in_the_background_is_there_before_its_workers_are_and_is_broken_where_none_can_start()
    {
        var options = Pools.Options("broken_module");
        options.Startup = PoolStartup.Background;
        await using var pool = await PythonPool.StartAsync(options);

        var exception = await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("pid"));

        Assert.Contains("the model file is missing", exception.Message, StringComparison.Ordinal);
        Assert.IsType<WorkerStartException>(exception.InnerException);
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_calls_without_failing_any()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => (options.MaxCalls, options.LoggerFactory) = (5, log));
        var pids = new HashSet<int>();
        while (pids.Count < 3)
        {
            pids.Add((await pool.CallAsync("pid")).GetInt32());
        }

        Assert.Contains(log.Entries, entry => entry.Message.Contains("is due (calls)", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Entries, entry => entry.Message.Contains("is lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_is_replaced_at_its_age()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => (options.MaxAge, options.LoggerFactory) = (TimeSpan.FromMilliseconds(300), log));

        await log.WaitForAsync(entry => entry.Message.Contains("is due (age)", StringComparison.Ordinal));
        await log.WaitForAsync(entry => entry.Message.Contains("left with exit code 0", StringComparison.Ordinal));
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task A_worker_that_occupies_too_much_memory_is_replaced()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
            (options.MaxMemoryBytes, options.HealthInterval, options.LoggerFactory) = (1_000_000, TimeSpan.FromMilliseconds(100), log));

        await log.WaitForAsync(entry => entry.Message.Contains("is due (memory)", StringComparison.Ordinal));
        await log.WaitForAsync(entry => entry.Message.Contains("left with exit code 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rolling_the_pool_brings_new_code_and_fails_no_call()
    {
        var module = _folder.Write("rolling.py", "from typedpool import command\n\n@command\ndef version() -> int:\n    return 1\n");
        await using var pool = await Pools.StartAsync(options =>
        {
            (options.Module, options.Size) = ("rolling", 2);
            options.SearchPaths.Clear();
            options.SearchPaths.Add(_folder.Path);
        });
        using var enough = new CancellationTokenSource();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                seen.AddOrUpdate((await pool.CallAsync("version")).GetInt32(), 1, (_, count) => count + 1);
            }
        })).ToArray();
        await File.WriteAllTextAsync(module, "from typedpool import command\n\n@command\ndef version() -> int:\n    return 20\n");

        await pool.RecycleAsync();

        await enough.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Equal(20, (await pool.CallAsync("version")).GetInt32());
        Assert.Equal([1, 20], seen.Keys.Order());
    }

    [Fact]
    public async Task Rolling_to_code_that_does_not_start_keeps_the_old_workers()
    {
        var module = _folder.Write("rolling.py", "from typedpool import command\n\n@command\ndef version() -> int:\n    return 1\n");
        await using var pool = await Pools.StartAsync(options =>
        {
            options.Module = "rolling";
            options.SearchPaths.Clear();
            options.SearchPaths.Add(_folder.Path);
        });
        await File.WriteAllTextAsync(module, "raise RuntimeError('not yet')\n");

        Assert.Contains("not yet", (await Assert.ThrowsAsync<WorkerStartException>(() => pool.RecycleAsync())).Message, StringComparison.Ordinal);

        Assert.Equal(1, (await pool.CallAsync("version")).GetInt32());
    }

    [Fact]
    public async Task The_size_can_be_changed_while_calls_run()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = log);

        await pool.ResizeAsync(3);
        Assert.Equal(3, log.Entries.Count(entry => entry.Message.Contains("is ready", StringComparison.Ordinal)));
        await pool.ResizeAsync(1);
        Assert.Equal(2, log.Entries.Count(entry => entry.Message.Contains("left with exit code 0", StringComparison.Ordinal)));

        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.ResizeAsync(0));
    }
}
