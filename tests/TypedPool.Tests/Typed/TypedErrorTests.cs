using System.Text.Json;
using TypedPool.Testing;
using TypedPool.Tests.Runtime;
using TypedPool.Tests.Typed.Errors;
using Xunit;

namespace TypedPool.Tests.Typed;

/// <summary>What arrives in C# of an exception that Python raises.</summary>
public sealed class TypedErrorTests
{
    [Fact]
    public async Task A_declared_exception_has_its_fields_typed()
    {
        await using var pool = await StartAsync();

        var exception = await Assert.ThrowsAsync<InsufficientFundsException>(() => new ErrorCommands(pool).PayAsync("A", 7));

        Assert.Equal(("A", 7, Currency.Franc, InsufficientFundsKind.Hard), (exception.Account, exception.Needed, exception.Currency, exception.Kind));
        Assert.Equal([new Entry { Amount = 1, Text = null }, new Entry { Amount = 2, Text = "two" }], exception.Last);
        Assert.Null(exception.MessageValue);
        Assert.Equal(0.5, exception.CodeValue["a"]);
        Assert.Equal("A needs 7 more", exception.Error.Message);
        Assert.Equal(1001, exception.Error.Code);
        Assert.Equal(("pay", "errors"), (exception.Command, exception.PoolName));
    }

    [Fact]
    public async Task A_subclass_of_a_declared_exception_is_caught_as_the_nearest_that_is_declared()
    {
        await using var pool = await StartAsync();

        var exception = await Assert.ThrowsAsync<InsufficientFundsException>(() => new ErrorCommands(pool).PayAsync("A", 7, "derived"));

        Assert.Equal(("typed_errors.InsufficientFunds", "typed_errors.Overdrawn"), (exception.Error.Type, exception.Error.ActualType));
        Assert.Equal("B", (await Assert.ThrowsAsync<RefusedException>(() => new ErrorCommands(pool).PayAsync("B", 1, "base"))).Account);
    }

    [Theory]
    [InlineData("broken", "/last/1/amount", "expected an integer of 64 bits, found the string \"lots\"")]
    [InlineData("unreadable", "/needed", "found nothing")]
    public async Task Fields_that_are_not_what_is_declared_are_told_with_what_was_raised(string how, string path, string told)
    {
        await using var pool = await StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => new ErrorCommands(pool).PayAsync("A", 7, how));

        Assert.Equal(path, exception.Path);
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        Assert.Equal("A needs 7 more", Assert.IsType<PythonException>(exception.InnerException).Error.Message);
    }

    [Fact]
    public async Task A_declared_exception_inside_another_stays_there()
    {
        await using var pool = await StartAsync();

        var exception = await Assert.ThrowsAsync<PythonException>(() => new ErrorCommands(pool).PayAsync("A", 7, "inside"));

        Assert.Equal("builtins.ValueError", exception.PythonType);
        Assert.Equal(("typed_errors.InsufficientFunds", "A needs 7 more", 0), (exception.Error.Cause!.Type, exception.Error.Cause.Message, exception.Error.Cause.Code));
    }

    [Fact]
    public async Task A_context_comes_where_there_is_no_cause()
    {
        await using var pool = await StartAsync();

        var error = (await Assert.ThrowsAsync<PythonException>(() => new ErrorCommands(pool).FailAsync("context"))).Error;

        Assert.Equal(("builtins.KeyError", "'first'"), (error.Context!.Type, error.Context.Message));
        Assert.Null(error.Cause);
        Assert.Contains("KeyError: 'first'", error.Context.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_has_its_members_with_their_notes_and_its_cause()
    {
        await using var pool = await StartAsync(Python.OfVersion(3, 11).Path);

        var exception = await Assert.ThrowsAsync<PythonException>(() => new ErrorCommands(pool).FailAsync("group"));

        Assert.Equal(["builtins.TypeError", "builtins.KeyError"], exception.Error.Exceptions.Select(member => member.Type));
        Assert.Equal(["look", "there"], exception.Error.Exceptions[1].Notes);
        Assert.Equal("builtins.OSError", exception.Error.Cause!.Type);
        Assert.False(exception.Error.IsTruncated);
        var text = exception.ToString();
        Assert.StartsWith("TypedPool.PythonException: builtins.ExceptionGroup: several (2 sub-exceptions)", text, StringComparison.Ordinal);
        Assert.Contains("in fail", text, StringComparison.Ordinal);
        Assert.Contains("| KeyError: 'b'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_without_end_is_cut_and_says_so()
    {
        await using var pool = await StartAsync();

        var error = (await Assert.ThrowsAsync<PythonException>(() => new ErrorCommands(pool).FailAsync("long"))).Error;

        var steps = 0;
        for (; error.Cause is not null; error = error.Cause)
        {
            Assert.False(error.IsTruncated);
            steps++;
        }

        Assert.Equal((20, true), (steps, error.IsTruncated));
    }

    [Fact]
    public void A_test_of_a_users_makes_the_exception_by_itself()
    {
        var raised = new RefusedException(new PythonError("typed_errors.Refused", "no", "", [], 1002)) { Account = "A" };

        Assert.Equal("A", raised.Account);
        Assert.Equal("typed_errors.Refused", raised.Error.ActualType);
        Assert.Equal(JsonValueKind.Undefined, raised.Error.Fields.ValueKind);
    }

    [Fact]
    public async Task The_schema_of_these_tests_is_what_their_module_exports()
    {
        var module = RepositoryRoot.Combine("tests", "TypedPool.Tests", "python", "typed_errors.py");

        var check = await CommandLine.RunAsync(
            Python.Default.Path,
            [RepositoryRoot.Combine("python", "__main__.py"), "check", module, "--against", Path.ChangeExtension(module, ".openrpc.json"), "--exact"]);

        Assert.True(check.ExitCode == 0, check.ToString());
    }

    private static Task<PythonPool> StartAsync(string? python = null) => ErrorCommands.StartAsync(
        new PythonPoolOptions { Module = "typed_errors", Name = "errors", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch, PythonPath = python });
}
