using TypedPool.Testing;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class StartTests
{
    [Fact]
    public async Task A_module_that_raises_is_told_with_its_traceback()
    {
        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(Pools.Options("broken_module")));

        Assert.Contains("the model file is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("broken_module.py", exception.Traceback, StringComparison.Ordinal);
        Assert.Contains("about to fail", exception.StandardError, StringComparison.Ordinal);
        Assert.Equal(("broken_module", "worker_start_failed"), (exception.PoolName, exception.Code));
    }

    [Fact]
    public async Task A_module_that_is_not_there_is_told()
    {
        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(Pools.Options("no_such_module")));

        Assert.Contains("no_such_module", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_ends_the_process_is_told_with_exit_code_and_last_words()
    {
        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(Pools.Options("exiting_module")));

        Assert.Contains("exit code 7", exception.Message, StringComparison.Ordinal);
        Assert.Contains("no licence found", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_contract_is_refused_naming_both()
    {
        var options = Pools.Options();
        options.Contract = "sha256:expected";

        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonPool.StartAsync(options));

        Assert.Equal("sha256:expected", exception.Expected);
        Assert.StartsWith("sha256:", exception.Actual, StringComparison.Ordinal);
        Assert.Contains(exception.Expected!, exception.Message, StringComparison.Ordinal);
        Assert.Contains(exception.Actual!, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_contract_is_accepted_and_reported()
    {
        await using var first = await Pools.StartAsync();

        await using var second = await Pools.StartAsync(options => options.Contract = first.Contract);

        Assert.Equal(first.Contract, second.Contract);
    }

    [Fact]
    public async Task All_problems_of_the_options_are_told_at_once()
    {
        var options = new PythonPoolOptions
        {
            Size = 0,
            CheckoutTimeout = TimeSpan.Zero,
            CommandTimeout = TimeSpan.FromSeconds(-5),
            StartTimeout = TimeSpan.MaxValue,
            SessionIdleTime = TimeSpan.Zero,
            SessionSweepInterval = Timeout.InfiniteTimeSpan,
            ShutdownTimeout = TimeSpan.FromSeconds(-5),
            MaxMessageBytes = 10,
            Overflow = -1,
            OverflowIdleTime = TimeSpan.Zero,
            QueueLimit = -1,
            MaxCalls = 0,
            MaxAge = TimeSpan.Zero,
            MaxMemoryBytes = 0,
            HealthInterval = TimeSpan.Zero,
            Startup = (PoolStartup)9,
            ThreadsPerWorker = 0,
            IdempotentRetries = -1,
        };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => PythonPool.StartAsync(options));

        foreach (var name in (string[])["Module", "Size", "CheckoutTimeout", "CommandTimeout", "StartTimeout", "ShutdownTimeout", "MaxMessageBytes",
            "Overflow", "OverflowIdleTime", "QueueLimit", "MaxCalls", "MaxAge", "MaxMemoryBytes", "HealthInterval", "Startup", "SessionIdleTime", "SessionSweepInterval", "ThreadsPerWorker", "IdempotentRetries"])
        {
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_time_that_no_timer_takes_is_refused_at_the_start()
    {
        var options = Pools.Options();
        options.ShutdownTimeout = TimeSpan.MaxValue;

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => PythonPool.StartAsync(options));

        Assert.Contains("ShutdownTimeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_reach_the_workers()
    {
        using var folder = new TemporaryFolder();
        Environment.SetEnvironmentVariable("TYPEDPOOL_TEST_REMOVED", "inherited");
        try
        {
            await using var pool = await Pools.StartAsync(options =>
            {
                options.WorkingDirectory = folder.Path;
                options.Environment["TYPEDPOOL_TEST_ADDED"] = "added ü";
                options.Environment["TYPEDPOOL_TEST_REMOVED"] = null;
                options.Name = "named";
            });

            Assert.Equal(folder.Path, (await pool.CallAsync("working_directory")).GetString());
            Assert.Equal("added ü", (await pool.CallAsync("getenv", new { name = "TYPEDPOOL_TEST_ADDED" })).GetString());
            Assert.Equal(System.Text.Json.JsonValueKind.Null, (await pool.CallAsync("getenv", new { name = "TYPEDPOOL_TEST_REMOVED" })).ValueKind);
            Assert.Equal(System.Text.Json.JsonValueKind.Null, (await pool.CallAsync("getenv", new { name = "TYPEDPOOL_TOKEN" })).ValueKind);
            Assert.Equal("named", pool.Name);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TYPEDPOOL_TEST_REMOVED", null);
        }
    }

    [Fact]
    public async Task As_many_workers_run_as_were_asked_for()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.Size = 5;
            options.LoggerFactory = log;
        });

        Assert.Equal(5, log.Entries.Count(entry => entry.Message.Contains("is ready", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PythonPool.StartAsync(Pools.Options("slow_module"), cancellation.Token));

        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task What_workers_print_is_logged_line_by_line()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = log);

        await pool.CallAsync("write_to_descriptor_1", new { text = "one line ü\nand another\n" });

        await log.WaitForAsync(entry => entry.Message == "[pool_commands/1] one line ü");
        await log.WaitForAsync(entry => entry.Message == "[pool_commands/1] and another");
    }

    [Fact]
    public async Task What_is_printed_before_the_channel_opens_is_skipped_and_logged()
    {
        // A .pth file of a virtual environment runs before anything of ours.
        using var folder = new TemporaryFolder();
        await PythonTests.MakeVirtualEnvironmentAsync(Python.Default.Path, folder.Path, "import sys; sys.stdout.write('hello from a .pth file\\n'); sys.stdout.flush()\n");
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.PythonPath = folder.Path;
            options.LoggerFactory = log;
        });

        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
        await log.WaitForAsync(entry => entry.Message.Contains("hello from a .pth file", StringComparison.Ordinal));
    }
}
