using TypedPool.Testing;
using TypedPool.Tests.Runtime;
using TypedPool.Tests.Typed.Libraries;
using Xunit;

namespace TypedPool.Tests.Typed;

/// <summary>Models of pydantic and classes of attrs, from C# to Python and back.</summary>
public sealed class TypedLibraryTests
{
    private static readonly object Customer = new
    {
        name = "ann",
        color = "blue",
        balance = "1.50",
        since = "2026-01-31T12:00:00+01:00",
        born = "2001-02-03",
        took = "P1D",
        id = "12345678-1234-5678-9abc-123456789abc",
        tags = (string[])["a"],
    };

    [Fact]
    public async Task A_model_makes_the_way_there_and_back()
    {
        await using var pool = await StartAsync();
        var commands = new LibraryCommands(pool);
        var address = new Address { Street = "Gärtnerweg", ZipCode = "8000" };

        var found = await commands.FirstAddressAsync(new Dictionary<string, IReadOnlyList<Address>> { ["a"] = [address] });

        Assert.Equal(address, found);
        Assert.Equal(address, await commands.FirstAddressAsync(new Dictionary<string, IReadOnlyList<Address>>(), address));
        Assert.Null(await commands.FirstAddressAsync(new Dictionary<string, IReadOnlyList<Address>>()));
        Assert.Equal(new Holder { Address = address, Color = Libraries.Color.Blue }, await commands.EchoHolderAsync(new Holder { Address = address, Color = Libraries.Color.Blue }));
        Assert.Equal([1, 2], await commands.EchoIdsAsync([1, 2]));
    }

    [Fact]
    public async Task Types_of_the_standard_library_keep_their_values_in_a_model()
    {
        await using var pool = await StartAsync();

        var back = await pool.CallAsync("echo_customer", new { value = Customer });

        foreach (var name in (string[])["balance", "since", "born", "took", "id", "color"])
        {
            Assert.Equal(Customer.GetType().GetProperty(name)!.GetValue(Customer), back.GetProperty(name).GetString());
        }

        Assert.Equal(("ANN", 0.5), (back.GetProperty("shout").GetString(), back.GetProperty("ratio").GetDouble()));
        var strict = await pool.CallAsync("echo_strict", new { value = new { when = "2026-01-31", amount = "1.50", color = "red" } });
        Assert.Equal("""{"when":"2026-01-31","amount":"1.50","color":"red"}""", strict.GetRawText());
    }

    [Fact]
    public async Task What_a_model_refuses_is_told_with_its_path_and_all_that_is_wrong()
    {
        await using var pool = await StartAsync();
        var bad = new { name = "nobody", color = "blue", balance = "x", since = "2026-01-31T12:00:00+01:00", born = "2001-02-03", took = "P1D", id = "1" };

        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.CallAsync("echo_customer", new { value = bad }));

        Assert.Equal(("/value/name", "echo_customer"), (exception.Path, exception.Command));
        foreach (var told in (string[])["3 problems", "/value/name: ", "somebody is needed", "/value/balance: ", "/value/id: "])
        {
            Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_result_that_a_model_does_not_write_is_invalid()
    {
        await using var pool = await StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => new LibraryCommands(pool).WrongAddressAsync());

        Assert.Contains("PydanticSerializationError", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_of_attrs_makes_the_way_there_and_back_and_validates()
    {
        await using var pool = await StartAsync();
        var commands = new LibraryCommands(pool);

        var item = await commands.EchoItemAsync(new ItemInput { Name = "n", Price = 3, Secret = "x" });

        Assert.Equal(new Item { Name = "n", Price = 3, Secret = "x", Tags = [], Twice = 6 }, item);
        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => commands.EchoItemAsync(new ItemInput { Name = "n", Price = -1 }));
        Assert.StartsWith("/value", exception.Path, StringComparison.Ordinal);
        Assert.Contains("must be >= 0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_of_these_tests_is_what_their_module_exports()
    {
        var module = RepositoryRoot.Combine("tests", "TypedPool.Tests", "python", "typed_libraries.py");

        var check = await CommandLine.RunAsync(
            (await PythonAsync()).Path,
            [RepositoryRoot.Combine("python", "__main__.py"), "check", module, "--against", Path.ChangeExtension(module, ".openrpc.json"), "--equal"]);

        Assert.True(check.ExitCode == 0, check.ToString());
    }

    private static async Task<PythonPool> StartAsync() => await LibraryCommands.StartAsync(new PythonPoolOptions
    {
        Module = "typed_libraries",
        SearchPaths = { "python" },
        Size = 1,
        Overflow = 0,
        Launch = Pools.Launch,
        PythonPath = (await PythonAsync()).Path,
    });

    /// <summary>The first Python that has both libraries; where there is none the test is skipped.</summary>
    private static async Task<Python> PythonAsync()
    {
        var python = await Python.FirstWithAsync("attrs", "pydantic.dataclasses", "pydantic_core");
        Assert.SkipWhen(python is null, "pydantic 2 and attrs are not installed for any Python here.");
        return python!;
    }
}
