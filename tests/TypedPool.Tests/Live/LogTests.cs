using Microsoft.Extensions.Logging;
using TypedPool.Testing.Logging;
using TypedPool.Tests.Runtime;
using TypedPool.Tests.Telemetry;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>What commands log and print, as it arrives in the host's log.</summary>
public sealed class LogTests : IDisposable
{
    private const string Till = "TypedPool.Worker.shop.till";

    private static readonly CallOptions InSession = new() { Session = "s" };

    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData(5, LogLevel.Trace)]
    [InlineData(10, LogLevel.Debug)]
    [InlineData(20, LogLevel.Information)]
    [InlineData(25, LogLevel.Information)]
    [InlineData(30, LogLevel.Warning)]
    [InlineData(40, LogLevel.Error)]
    [InlineData(50, LogLevel.Critical)]
    public async Task A_record_arrives_with_its_level_its_logger_and_its_call(int level, LogLevel expected)
    {
        await using var pool = await StartAsync(options => options.PythonLogLevel = LogLevel.Trace);
        await pool.CallAsync("pid");

        await pool.CallAsync("log", new { level, message = "gr\u00fcezi\nzusammen" }, InSession);

        var entry = await SaidAsync(pool, "gr\u00fcezi\nzusammen");
        Assert.Equal((Till, expected, "WorkerLogged"), (entry.Category, entry.Level, entry.Id.Name));
        Assert.Equal(
            ("log_commands/1", "shop.till", "log", "s", "Ada", 3L),
            (entry.Values["Worker"], entry.Values["Logger"], entry.Values["Command"], entry.Values["Session"], entry.Values["customer"], entry.Values["items"]));
        Assert.IsType<long>(entry.Values["Call"]);
    }

    [Fact]
    public async Task What_a_module_logs_as_it_is_imported_arrives_without_a_call()
    {
        await using var pool = await StartAsync();

        var entry = await SaidAsync(pool, "imported");

        Assert.False(entry.Values.ContainsKey("Call"));
    }

    [Fact]
    public async Task The_traceback_of_a_record_stays_with_it()
    {
        await using var pool = await StartAsync();

        await pool.CallAsync("log_exception");

        var entry = await pool.Log.WaitForAsync(each => each.Message.StartsWith("two\nlines\nTraceback", StringComparison.Ordinal));
        Assert.EndsWith("IndexError: list index out of range", entry.Message, StringComparison.Ordinal);
        Assert.Contains("in log_exception", (string)entry.Values["Exception"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log_what_does_not_fit", "%d items (its arguments do not fit: TypeError: ")]
    [InlineData("log_what_cannot_be_sent", "A log record cannot be sent: RuntimeError.")]
    [InlineData("log_what_cannot_be_sent", "\\ud800")]
    public async Task A_broken_record_is_told_as_far_as_it_can_be_and_fails_no_call(string command, string told)
    {
        await using var pool = await StartAsync();

        Assert.Equal("done", (await pool.CallAsync(command)).GetString());

        await pool.Log.WaitForAsync(entry => entry.Message.StartsWith(told, StringComparison.Ordinal));
        await pool.CallAsync("say");
        await SaidAsync(pool, "to output");
        Assert.DoesNotContain(pool.Log.Entries, entry => entry.Message.Contains("Logging error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_warning_arrives()
    {
        await using var pool = await StartAsync(options => options.Environment["PYTHONWARNINGS"] = "always");

        await pool.CallAsync("warn", options: InSession);

        var entry = await pool.Log.WaitForAsync(each => each.Message.Contains("DeprecationWarning: careful", StringComparison.Ordinal));
        Assert.Equal(("TypedPool.Worker.py.warnings", LogLevel.Warning, "s"), (entry.Category, entry.Level, entry.Values["Session"]));
    }

    [Fact]
    public async Task What_is_printed_arrives_line_by_line_with_its_call()
    {
        await using var pool = await StartAsync();

        await pool.CallAsync("say", options: InSession);
        await pool.CallAsync("write_descriptors", options: InSession);
        await pool.CallAsync("say", options: new CallOptions { Session = "another" });

        foreach (var (line, stream) in new[] { ("to output", "stdout"), ("to error", "stderr"), ("without end", "stdout") })
        {
            var entry = await SaidAsync(pool, line);
            Assert.Equal(
                ("TypedPool.Worker", LogLevel.Information, "WorkerPrinted", stream, "say", "s", line),
                (entry.Category, entry.Level, entry.Id.Name, entry.Values["Stream"], entry.Values["Command"], entry.Values["Session"], entry.Values["Line"]));
        }

        foreach (var line in new[] { "raw 1", "raw 2" })
        {
            var entry = await SaidAsync(pool, line);
            Assert.False(entry.Values.ContainsKey("Call"));
        }
    }

    [Fact]
    public async Task A_modules_own_configuration_works_as_ever_and_says_nothing_twice()
    {
        await using var pool = await StartAsync();
        var file = pool.PathOf("log");

        var handlers = await pool.CallAsync("configure", new { path = file });
        await pool.CallAsync("say");
        await SaidAsync(pool, "to output");

        Assert.Equal("""["FileHandler","StreamHandler"]""", handlers.GetRawText());
        Assert.Equal("MINE below\nMINE configured\n", await File.ReadAllTextAsync(file));
        Assert.Equal("configured", Assert.Single(pool.Log.Entries, entry => entry.Message.Contains("configured", StringComparison.Ordinal)).Message);
        Assert.DoesNotContain(pool.Log.Entries, entry => entry.Message.Contains("below", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_fails_says_so()
    {
        await using var pool = await StartAsync();

        await pool.CallAsync("log_with_a_handler_that_fails");

        await SaidAsync(pool, "kept");
        await SaidAsync(pool, "OSError: the disk is full");
    }

    [Theory]
    [InlineData(LogLevel.Information, 10, false)]
    [InlineData(LogLevel.Debug, 10, true)]
    [InlineData(LogLevel.Warning, 20, false)]
    [InlineData(LogLevel.Critical, 40, false)]
    public async Task Records_below_PythonLogLevel_stay_in_the_worker(LogLevel least, int level, bool arrives)
    {
        await using var pool = await StartAsync(options => options.PythonLogLevel = least);

        await pool.CallAsync("log", new { level, message = "perhaps" });
        await pool.CallAsync("say");
        await SaidAsync(pool, "to output");

        Assert.Equal(arrives, pool.Log.Entries.Any(entry => string.Equals(entry.Message, "perhaps", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PythonLogLevel_None_leaves_logging_as_Python_has_it()
    {
        await using var pool = await StartAsync(options => options.PythonLogLevel = LogLevel.None);

        await pool.CallAsync("log", new { level = 40, message = "plain" });

        // What Python itself does with a record of which nobody has said anything.
        var entry = await SaidAsync(pool, "plain");
        Assert.Equal(("TypedPool.Worker", LogLevel.Information), (entry.Category, entry.Level));
        Assert.False(entry.Values.ContainsKey("Call"));
    }

    [Fact]
    public async Task A_thread_of_a_command_logs_for_the_call_through_its_context()
    {
        await using var pool = await StartAsync();

        await pool.CallAsync("log_in_a_thread", options: InSession);

        Assert.False((await SaidAsync(pool, "of nobody")).Values.ContainsKey("Call"));
        var entry = await SaidAsync(pool, "of the call");
        Assert.Equal(("TypedPool.Worker.log_in_a_thread", "s"), (entry.Category, entry.Values["Session"]));
    }

    [Fact]
    public async Task A_thread_that_a_command_left_behind_logs_for_no_call()
    {
        await using var pool = await StartAsync();
        await pool.CallAsync("leave_a_thread", new { path = pool.PathOf("go") }, InSession);
        var next = await pool.BeginAsync("log_endlessly", cancellationToken: _cancellation.Token);

        pool.Make("go");

        var entry = await SaidAsync(pool, "too late");
        Assert.False(entry.Values.ContainsKey("Call"));
        await _cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Each_of_many_calls_on_one_worker_logs_for_itself()
    {
        await using var pool = await LivePool.StartAsync(options => options.CallsPerWorker = 20, "async_log_commands");
        var names = Enumerable.Range(0, 20).Select(number => $"call {number}").ToList();

        await Task.WhenAll(names.Select(name => pool.CallAsync("log_now_and_then", new { name }, new CallOptions { Session = name })));
        await pool.Pool.StopAsync();

        var said = pool.Log.Entries.Where(entry => entry.Values.GetValueOrDefault("Session") is string name && names.Contains(name)).ToList();
        Assert.Equal(20 * 9, said.Count);
        Assert.All(said, entry => Assert.EndsWith((string)entry.Values["Session"]!, entry.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_blocks_neither_worker_nor_host_and_what_is_left_out_is_counted()
    {
        const int Count = 30_000;
        using var listener = new RecordingMeterListener("log_commands");
        using var log = new BlockedLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.Module = "log_commands";
            options.LoggerFactory = log;
        });
        log.Block();
        await pool.CallAsync("log", new { level = 20, message = "first" });
        await log.Blocked;

        // Nothing of it is logged meanwhile.
        Assert.Equal(Count, (await pool.CallAsync("flood", new { count = Count })).GetInt32());
        await pool.CallAsync("pid");
        log.Release();
        await pool.StopAsync();

        Assert.InRange(log.Dropped, 1, Count);
        Assert.Equal(Count, log.Numbers + log.Dropped);
        Assert.Equal(log.Dropped, listener.Of("typedpool.log.dropped").Sum(each => each.Value));
    }

    [Fact]
    public async Task A_logger_that_never_returns_does_not_keep_a_pool_from_stopping()
    {
        using var log = new BlockedLoggerFactory();
        await using var pool = await Pools.StartAsync(options =>
        {
            options.Module = "log_commands";
            options.LoggerFactory = log;
        });
        log.Block();
        await pool.CallAsync("log", new { level = 20, message = "first" });
        await log.Blocked;

        await pool.StopAsync();

        log.Release();
    }

    [Fact]
    public async Task A_command_that_does_nothing_but_log_can_be_cancelled()
    {
        await using var pool = await StartAsync(options => options.InterruptGrace = TimeSpan.FromHours(1));
        var worker = await pool.PidAsync();
        var call = await pool.BeginAsync("log_endlessly", cancellationToken: _cancellation.Token);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal((worker, 0), (await pool.PidAsync(), pool.Losses));
    }

    [Fact]
    public async Task A_finalizer_may_log_wherever_it_runs()
    {
        await using var pool = await StartAsync();

        Assert.Equal(2_000, (await pool.CallAsync("log_in_a_finalizer", new { count = 2_000 })).GetInt32());
    }

    [Fact]
    public async Task A_forked_child_has_standard_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no fork.");
        await using var pool = await StartAsync();

        Assert.Equal(7, (await pool.CallAsync("log_in_a_child")).GetInt32());

        var entry = await SaidAsync(pool, "in the child");
        Assert.Equal("TypedPool.Worker", entry.Category);
        await SaidAsync(pool, "by the child");
    }

    [Fact]
    public async Task What_a_worker_said_last_stands_in_the_exception_of_its_death()
    {
        await using var pool = await StartAsync();

        var exception = await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("last_words"));

        Assert.EndsWith("the end\nis near", exception.StandardError, StringComparison.Ordinal);
    }

    private static Task<LivePool> StartAsync(Action<PythonPoolOptions>? configure = null) => LivePool.StartAsync(configure, "log_commands");

    /// <summary>The entry of a line or record.</summary>
    private static Task<LogEntry> SaidAsync(LivePool pool, string text) => pool.Log.WaitForAsync(entry =>
        string.Equals(entry.Values.GetValueOrDefault("Line") as string, text, StringComparison.Ordinal)
        || string.Equals(entry.Values.GetValueOrDefault("Message") as string, text, StringComparison.Ordinal));
}
