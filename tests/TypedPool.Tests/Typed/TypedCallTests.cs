using System.Globalization;
using System.Reflection;
using System.Text.Json;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Typed;

public sealed class TypedCallTests
{
    [Fact]
    public async Task Ping_answers_with_what_it_was_sent_and_who_answered()
    {
        await using var pool = await TypedPools.StartAsync();
        ITypedCommands commands = new TypedCommands(pool);

        var pong = await commands.InSession("user-42").PingAsync(JsonSerializer.SerializeToElement("hello"));

        Assert.Equal(("ok", "hello", "user-42", "typed_commands/1"), (pong.Status, pong.Echo.GetString(), pong.SessionId, pong.WorkerId));
        Assert.NotEqual(Environment.ProcessId, pong.Pid);
        Assert.InRange(pong.Uptime, 0, 60);
        Assert.InRange(pong.MemoryBytes, 1_000_000, 1_000_000_000);
        Assert.Matches(@"^3\.\d+\.\d+", pong.PythonVersion);
    }

    [Fact]
    public async Task A_session_goes_with_each_call_and_a_call_may_name_its_own()
    {
        await using var pool = await TypedPools.StartAsync();
        var commands = new TypedCommands(pool).InSession("outer");

        Assert.Equal("outer", await commands.WhoAsync());
        Assert.Equal("inner", await commands.WhoAsync(new CallOptions { Session = "inner" }));
        Assert.Null(await new TypedCommands(pool).WhoAsync());
    }

    [Fact]
    public async Task A_declared_error_is_caught_by_its_own_type()
    {
        await using var pool = await TypedPools.StartAsync();
        var commands = new TypedCommands(pool);

        Assert.Equal("apple", await commands.FirstItemAsync(["apple", "pear"]));
        var exception = await Assert.ThrowsAsync<EmptyBasketException>(() => commands.FirstItemAsync([]));

        Assert.Equal("put something into the basket", exception.Error.Message);
        Assert.Contains("in first_item", exception.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_is_not_what_was_declared_is_told_with_command_path_and_both_types()
    {
        await using var pool = await TypedPools.StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => new TypedCommands(pool).WrongAtDepthAsync());

        Assert.Equal(("wrong_at_depth", "/1/bad"), (exception.Command, exception.Path));
        Assert.Contains("expected an integer of 64 bits, found the string \"three\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_may_have_any_name()
    {
        await using var pool = await TypedPools.StartAsync();

        Assert.Equal("o t r c", await new TypedCommands(pool).NamesAreFreeAsync(options: "o", cancellationToken: "t", request: "r"));
    }

    [Fact]
    public async Task An_argument_that_cannot_be_sent_is_told_with_its_place()
    {
        await using var pool = await TypedPools.StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => new TypedCommands(pool).FirstItemAsync(["a", "\ud800"]));

        Assert.Equal("/basket/1", exception.Path);
        Assert.Equal("first_item", exception.Command);
    }

    [Fact]
    public async Task A_pool_of_other_commands_is_refused()
    {
        await using var other = await Runtime.Pools.StartAsync();

        var exception = Assert.Throws<SchemaMismatchException>(() => new TypedCommands(other));

        Assert.Equal((TypedCommands.Contract.Hash, other.Contract), (exception.Expected, exception.Actual));
        var options = Runtime.Pools.Options();
        Assert.Equal(other.Contract, (await Assert.ThrowsAsync<SchemaMismatchException>(() => TypedCommands.StartAsync(options))).Actual);
    }

    [Fact]
    public async Task The_culture_changes_nothing()
    {
        await using var pool = await TypedPools.StartAsync();
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in (string[])["fi-FI", "tr-TR", "ar-SA"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(-1.5, await new TypedCommands(pool).EchoRealAsync(-1.5));
                Assert.Equal(long.MinValue, await new TypedCommands(pool).EchoIntegerAsync(long.MinValue));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Any_worker_serves_any_session()
    {
        await using var pool = await TypedPools.StartAsync(size: 2);
        var commands = new TypedCommands(pool).InSession("one");
        var pids = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => (await commands.PingAsync()).Pid));

        Assert.Equal(2, pids.Distinct().Count());
    }

    [Fact]
    public void A_deprecated_command_is_obsolete()
    {
        var methods = typeof(ITypedCommands).GetMethods().Where(method => method.Name == nameof(ITypedCommands.OldEchoAsync)).ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.Equal("Use `echo_text`.", method.GetCustomAttribute<ObsoleteAttribute>()?.Message));
    }

    [Fact]
    public async Task The_schema_of_these_tests_is_what_their_module_exports()
    {
        var module = RepositoryRoot.Combine("tests", "TypedPool.Tests", "python", "typed_commands.py");
        var schema = Path.ChangeExtension(module, ".openrpc.json");

        var check = await CommandLine.RunAsync(
            Python.Default.Path, [RepositoryRoot.Combine("python", "__main__.py"), "check", module, "--against", schema, "--exact"]);

        Assert.True(check.ExitCode == 0, check.ToString());
    }
}
