using TypedPool.Serialization;
using TypedPool.Testing;
using TypedPool.Testing.Logging;
using TypedPool.Testing.Processes;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>What Python code does wrong, and what the caller gets. After each, the same pool serves the next call.</summary>
public class FailureTests
{
    [Theory]
    [InlineData("raise_value_error", "builtins.ValueError", "bad input ü")]
    [InlineData("raise_base_exception", "builtins.BaseException", "from the base")]
    [InlineData("sys_exit", "builtins.SystemExit", "3")]
    public async Task An_exception_arrives_with_its_type_message_and_traceback_and_the_worker_goes_on(string command, string type, string message)
    {
        await using var pool = await Pools.StartAsync();
        var before = await pool.CallAsync("pid");
        object arguments = command switch
        {
            "raise_value_error" => new { message },
            "sys_exit" => new { code = 3 },
            _ => new { },
        };

        var exception = await Assert.ThrowsAsync<PythonException>(
            () => pool.CallAsync(command, arguments, new CallOptions { Session = "s" }));

        Assert.Equal((type, message), (exception.PythonType, exception.Error.Message));
        Assert.Contains($"in {command}", exception.Traceback, StringComparison.Ordinal);
        Assert.Equal(PythonErrorCategory.Application, exception.Category);
        Assert.Equal(("pool_commands", "pool_commands/1", "s", command), (exception.PoolName, exception.WorkerId, exception.Session, exception.Command));
        Assert.Equal(before.GetInt64(), (await pool.CallAsync("pid")).GetInt64());
    }

    [Fact]
    public async Task An_exception_that_is_raised_while_the_result_is_written_is_as_any_other()
    {
        await using var pool = await Pools.StartAsync();
        var before = await pool.CallAsync("pid");

        var exception = await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("read_too_late"));

        Assert.Equal(("builtins.RuntimeError", -32603), (exception.PythonType, exception.Error.Code));
        Assert.Contains("the file is closed", exception.Message, StringComparison.Ordinal);
        Assert.Contains("in __getattribute__", exception.Traceback, StringComparison.Ordinal);
        Assert.Equal(before.GetInt64(), (await pool.CallAsync("pid")).GetInt64());
    }

    [Fact]
    public async Task A_declared_exception_arrives_as_its_own_type()
    {
        await using var pool = await Pools.StartAsync();

        var exception = await Assert.ThrowsAsync<TooSmallException>(() => pool.CallAsync("raise_declared", new { message = "x" }));

        Assert.Equal(1001, exception.Error.Code);
    }

    [Theory]
    [InlineData(0, "exit code 0")]
    [InlineData(3, "exit code 3")]
    public async Task A_worker_that_exits_ends_the_call_with_its_exit_code_and_is_replaced(int code, string told)
    {
        await using var pool = await Pools.StartAsync();

        var exception = await Assert.ThrowsAsync<WorkerCrashedException>(
            () => pool.CallAsync("print_and_exit_process", new { text = "last words", code }));

        Assert.Equal((code, Delivery.MayHaveRun), (exception.ExitCode, exception.Delivery));
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        Assert.Contains("last words", exception.StandardError, StringComparison.Ordinal);
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Theory]
    [InlineData(9, 137, "SIGKILL")]
    [InlineData(11, 139, "SIGSEGV")]
    [InlineData(6, 134, "SIGABRT")]
    public async Task A_worker_that_is_killed_ends_the_call_with_the_signal(int number, int code, string name)
    {
        await using var pool = await Pools.StartAsync();

        var exception = await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("kill_itself", new { number }));

        Assert.Equal(code, exception.ExitCode);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task A_worker_that_closes_its_channel_is_lost_and_replaced()
    {
        await using var pool = await Pools.StartAsync();

        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("close_all_descriptors"));

        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task A_process_left_behind_does_not_hold_up_the_end_of_a_call()
    {
        await using var pool = await Pools.StartAsync();
        var child = (await pool.CallAsync("leave_a_session_behind", new { seconds = 600 })).GetInt32();
        try
        {
            await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("exit_process", new { code = 3 }));
            Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
        }
        finally
        {
            // It has left the worker's group, and so it is nobody's but the command's.
            System.Diagnostics.Process.GetProcessById(child).Kill();
        }
    }

    [Theory]
    [InlineData("exit_process")]
    [InlineData("touch_and_wait")]
    public async Task The_processes_that_a_worker_started_end_with_it(string command)
    {
        using var folder = new TemporaryFolder();
        await using var pool = await Pools.StartAsync();
        using var child = System.Diagnostics.Process.GetProcessById((await pool.CallAsync("leave_a_child_behind", new { seconds = 600 })).GetInt32());
        object arguments = command == "exit_process" ? new { code = 3 } : new { path = Path.Combine(folder.Path, "started") };

        await Assert.ThrowsAnyAsync<PythonPoolException>(
            () => pool.CallAsync(command, arguments, new CallOptions { CommandTimeout = TimeSpan.FromSeconds(1) }));

        await ProcessEnd.WaitAsync(child);
    }

    [Fact]
    public async Task An_idle_worker_that_dies_is_replaced_without_a_call_noticing()
    {
        using var log = new RecordingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = log);
        var first = (await pool.CallAsync("pid")).GetInt32();
        System.Diagnostics.Process.GetProcessById(first).Kill();
        await log.WaitForAsync(entry => entry.Message.Contains("is lost", StringComparison.Ordinal));

        Assert.NotEqual(first, (await pool.CallAsync("pid")).GetInt32());
    }

    [Fact]
    public async Task A_result_that_the_reader_refuses_is_told_with_command_place_and_what_was_found()
    {
        await using var pool = await Pools.StartAsync();
        var typed = new PythonCommand<object, ValueMap<string, ValueList<long>>>(
            "echo",
            (writer, value) => System.Text.Json.JsonSerializer.Serialize(writer, value),
            (ref reader) => JsonRead.Map(ref reader, (ref inner) => JsonRead.List(ref inner, JsonRead.Int64)));

        var exception = await Assert.ThrowsAsync<InvalidResultException>(
            () => pool.InvokeAsync(typed, new { value = new { a = new object[] { 1, "two" } } }));

        Assert.Equal(("echo", "/a/1"), (exception.Command, exception.Path));
        Assert.Contains("at /a/1: expected an integer of 64 bits, found the string \"two\"", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task A_result_that_Python_itself_finds_wrong_is_told()
    {
        await using var pool = await Pools.StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => pool.CallAsync("wrong_type"));

        Assert.Equal("wrong_type", exception.Command);
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_as_JSON_is_told()
    {
        await using var pool = await Pools.StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => pool.CallAsync("no_json"));

        Assert.Contains("object", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Theory]
    [InlineData("add", """{"a":1,"b":"two"}""", "/b")]
    [InlineData("add", """{"a":1}""", "/b")]
    [InlineData("add", """{"a":1,"b":2,"c":3}""", "/c")]
    public async Task Arguments_that_Python_refuses_are_told_with_their_place(string command, string arguments, string path)
    {
        await using var pool = await Pools.StartAsync();
        using var json = System.Text.Json.JsonDocument.Parse(arguments);

        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.CallAsync(command, json.RootElement));

        Assert.Equal(path, exception.Path);
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task An_argument_that_cannot_be_sent_holds_no_worker()
    {
        await using var pool = await Pools.StartAsync();
        var command = new PythonCommand<string, string>(
            "echo",
            (writer, text) =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("value");
                JsonWrite.List(writer, ["fine", text], JsonWrite.String);
                writer.WriteEndObject();
            },
            JsonRead.String);

        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.InvokeAsync(command, "\ud800"));

        Assert.Equal("/value/1", exception.Path);
        Assert.Null(exception.WorkerId);
    }

    [Fact]
    public async Task An_argument_that_Python_cannot_read_is_the_callers_fault_and_costs_no_worker()
    {
        await using var pool = await Pools.StartAsync();
        var before = (await pool.CallAsync("pid")).GetInt32();
        using var json = System.Text.Json.JsonDocument.Parse($$"""{"value":{{new string('1', 5_000)}}}""");

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.CallAsync("echo", json.RootElement));

        Assert.Equal(before, (await pool.CallAsync("pid")).GetInt32());
    }

    [Fact]
    public async Task A_command_that_Python_does_not_have_is_told()
    {
        await using var pool = await Pools.StartAsync();

        Assert.Contains("nothing_like_it", (await Assert.ThrowsAsync<SchemaMismatchException>(() => pool.CallAsync("nothing_like_it"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_above_the_limit_is_refused_in_both_directions()
    {
        await using var pool = await Pools.StartAsync(options => options.MaxMessageBytes = 10_000);

        var there = await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.CallAsync("length_of", new { text = new string('x', 10_000) }));
        var back = await Assert.ThrowsAsync<InvalidResultException>(() => pool.CallAsync("text_of", new { length = 10_000 }));

        Assert.Contains("MaxMessageBytes", there.Message, StringComparison.Ordinal);
        Assert.Contains("MaxMessageBytes", back.Message, StringComparison.Ordinal);
        Assert.Equal(9_000, (await pool.CallAsync("text_of", new { length = 9_000 })).GetString()!.Length);
    }

    [Fact]
    public async Task Whatever_is_printed_never_reaches_the_channel()
    {
        await using var pool = await Pools.StartAsync();

        Assert.Equal(4, (await pool.CallAsync("print_megabytes", new { count = 4 })).GetInt32());
        await pool.CallAsync("write_to_descriptor_1", new { text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":7}" });
        await pool.CallAsync("close_descriptor_1");
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }
}
