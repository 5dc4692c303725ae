using System.Text.Json.Nodes;
using TypedPool.Serialization;
using TypedPool.Testing;
using TypedPool.Testing.Logging;
using TypedPool.Tests.Typed;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Workers whose contract is not the one that the pool must have: what Python says of it, and what the pool does.</summary>
public sealed class ContractTests : IDisposable
{
    private const string NewCommand = "\n\n@command\ndef brand_new() -> str:\n    return \"new\"\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string _original = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "python", "typed_commands.py"));
    private readonly string _module;

    public ContractTests() => _module = _folder.Write("typed_commands.py", _original);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_compatible_is_refused_in_words_where_nothing_allows_it()
    {
        await WriteAsync(_original + NewCommand);

        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonPool.StartAsync(Options()));

        Assert.Equal(
            [new ContractDifference("command 'brand_new'", "command added", "", "", IsBreaking: false, "no caller knows of it")], exception.Compatible);
        Assert.Empty(exception.Breaking);
        Assert.Equal(TypedCommands.Contract.Hash, exception.Expected);
        Assert.EndsWith("AllowCompatibleContract to go on with these.\n  compatible: command 'brand_new': command added (no caller knows of it)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_compatible_is_accepted_where_that_is_allowed_and_is_logged()
    {
        await WriteAsync(_original + NewCommand);
        using var log = new RecordingLoggerFactory();
        var options = Options(allowCompatible: true);
        options.LoggerFactory = log;

        await using var pool = await PythonPool.StartAsync(options);

        Assert.Equal(TypedCommands.Contract.Hash, pool.Contract);
        Assert.Equal("hello", await new TypedCommands(pool).EchoTextAsync("hello"));
        Assert.Contains(log.Entries, entry => entry.Message.Contains("is compatible with", StringComparison.Ordinal)
            && entry.Message.EndsWith("compatible: command 'brand_new': command added (no caller knows of it)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_breaks_is_refused_also_where_compatible_differences_are_allowed()
    {
        await WriteAsync(_original.Replace("LOW = -1", "LOW = -2", StringComparison.Ordinal) + NewCommand);

        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonPool.StartAsync(Options(allowCompatible: true)));

        Assert.Equal(["breaking: type 'Priority': value removed -1 (Python refuses what callers send)", "breaking: type 'Priority': value added -2 (callers cannot read what may come)"], exception.Breaking.Select(each => each.ToString()));
        Assert.Equal("command 'brand_new'", Assert.Single(exception.Compatible).Place);
        Assert.All(exception.Breaking, difference => Assert.Contains(difference.ToString(), exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("AllowCompatibleContract", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recycle_that_meets_a_refused_contract_keeps_the_old_workers()
    {
        var options = Options();
        options.Size = 2;
        await using var pool = await PythonPool.StartAsync(options);
        var commands = new TypedCommands(pool);
        var before = pool.GetStatus().Workers.Select(worker => worker.Id).Order(StringComparer.Ordinal).ToList();
        await WriteAsync(_original.Replace("LOW = -1", "LOW = -2", StringComparison.Ordinal));

        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => pool.RecycleAsync());

        Assert.Equal(2, exception.Breaking.Count);
        Assert.Equal("still here", await commands.EchoTextAsync("still here"));
        Assert.Equal(before, pool.GetStatus().Workers.Select(worker => worker.Id).Order(StringComparer.Ordinal));
        await WriteAsync(_original);
        await pool.RecycleAsync();
        Assert.DoesNotContain(before[0], pool.GetStatus().Workers.Select(worker => worker.Id));
    }

    [Fact]
    public async Task The_same_document_under_another_hash_is_the_same_contract()
    {
        var options = Options();
        options.Contract = TypedCommands.Contract with { Hash = "sha256:of another bridge" };

        await using var pool = await PythonPool.StartAsync(options);

        Assert.Equal("sha256:of another bridge", pool.Contract);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{ nonsense")]
    [InlineData("[]")]
    public async Task Where_Python_cannot_be_asked_the_hashes_alone_are_told(string? document)
    {
        var options = Options(allowCompatible: true);
        options.Contract = new PythonContract("sha256:expected", document);

        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonPool.StartAsync(options));

        Assert.Equal((0, 0), (exception.Breaking.Count, exception.Compatible.Count));
        Assert.Equal(TypedCommands.Contract.Hash, exception.Actual);
    }

    [Fact]
    public async Task A_document_above_the_message_limit_is_not_sent()
    {
        await WriteAsync(_original + NewCommand);
        var options = Options();
        options.MaxMessageBytes = 1024;

        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonPool.StartAsync(options));

        Assert.Empty(exception.Compatible);
    }

    [Fact]
    public async Task A_client_from_before_commands_were_streams_sends_and_receives_all_at_once()
    {
        await WriteAsync(_original
            .Replace("Dict, List, Literal", "Dict, Iterator, List, Literal", StringComparison.Ordinal)
            .Replace("first_item(basket: List[str])", "first_item(basket: Iterator[str])", StringComparison.Ordinal)
            .Replace("    if not basket:", "    basket = list(basket)\n    if not basket:", StringComparison.Ordinal)
            .Replace("-> List[Dict[str, int]]:", "-> Iterator[Dict[str, int]]:", StringComparison.Ordinal)
            .Replace("return [{\"fine\": 1}, {\"fine\": 2, \"bad\": \"three\"}]", "yield from [{\"fine\": 1}, {\"fine\": 2}]", StringComparison.Ordinal));
        await using var pool = await PythonPool.StartAsync(Options(allowCompatible: true));
        var commands = new TypedCommands(pool);

        Assert.Equal("bread", await commands.FirstItemAsync(["bread", "milk"]));
        await Assert.ThrowsAsync<EmptyBasketException>(() => commands.FirstItemAsync([]));
        Assert.Equal([1L, 2], (await commands.WrongAtDepthAsync()).Select(each => each["fine"]));
    }

    [Fact]
    public async Task A_client_that_packs_no_lists_still_sends_them_one_by_one()
    {
        var options = Options(allowCompatible: true);
        options.Contract = Older(methods => Schema(methods["echo_reals"]!["params"]!["numbers"]!).Remove("x-packed"));
        var numbers = Enumerable.Range(0, 1000).Select(i => i / 3.0).ToArray();
        var command = new PythonCommand<double[], ValueList<double>>(
            "echo_reals",
            (writer, value) =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("numbers");
                JsonWrite.List(writer, value, JsonWrite.Double);
                writer.WriteEndObject();
            },
            JsonRead.Doubles);

        await using var pool = await PythonPool.StartAsync(options);

        // It takes nothing beside the answer either, so that the result comes one by one, too.
        Assert.Equal(numbers, await pool.InvokeAsync(command, numbers, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_old_client_still_catches_what_a_newer_module_declares_more_precisely()
    {
        await WriteAsync(_original
            .Replace("class Color(Enum):", "class BottomlessBasket(EmptyBasket):\n    pass\n\n\nclass Color(Enum):", StringComparison.Ordinal)
            .Replace("raises=[EmptyBasket]", "raises=[BottomlessBasket, EmptyBasket]", StringComparison.Ordinal)
            .Replace("raise EmptyBasket(", "raise BottomlessBasket(", StringComparison.Ordinal));
        await using var pool = await PythonPool.StartAsync(Options(allowCompatible: true));

        var exception = await Assert.ThrowsAsync<EmptyBasketException>(() => new TypedCommands(pool).FirstItemAsync([]));

        Assert.Equal(("typed_commands.EmptyBasket", "typed_commands.BottomlessBasket"), (exception.Error.Type, exception.Error.ActualType));
    }

    [Fact]
    public async Task A_list_that_an_old_client_packs_is_refused_with_its_path_where_Python_takes_none()
    {
        await WriteAsync(_original.Replace("def echo_reals(numbers: List[float])", "def echo_reals(numbers: List[Any])", StringComparison.Ordinal));
        var command = new PythonCommand<double[], ValueList<double>>(
            "echo_reals",
            (writer, value) =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("numbers");
                JsonWrite.Doubles(writer, value);
                writer.WriteEndObject();
            },
            JsonRead.Doubles)
        {
            Attaches = true,
            ReadsAttachments = true,
        };
        var options = Options(allowCompatible: true);
        var refused = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonPool.StartAsync(options));
        Assert.Contains(refused.Breaking, difference => difference.Change == "numbers no longer packed");
        options.Contract = null;
        await using var pool = await PythonPool.StartAsync(options);

        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(
            () => pool.InvokeAsync(command, new double[1000], cancellationToken: TestContext.Current.CancellationToken));
        var few = await pool.InvokeAsync(command, [1.5, 2], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("/numbers", exception.Path);
        Assert.Equal([1.5, 2], few);
    }

    [Theory]
    [InlineData("echo_reals", false, "breaking: command 'echo_reals', result: numbers now packed")]
    [InlineData("first_item", true, "breaking: command 'first_item', parameter 'basket': numbers no longer packed")]
    [InlineData("wrong_at_depth", false, "compatible: command 'wrong_at_depth', result: numbers no longer packed")]
    public async Task Whether_lists_are_packed_is_told_from_what_callers_send_and_read(string command, bool isSent, string told)
    {
        var options = Options();
        options.Contract = Older(methods =>
        {
            var schema = isSent ? Schema(methods[command]!["params"]!["basket"]!) : methods[command]!["result"]!.AsObject();
            if (!schema.Remove("x-packed"))
            {
                schema["x-packed"] = "float64";
            }
        });

        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonPool.StartAsync(options));

        var difference = Assert.Single([.. exception.Breaking, .. exception.Compatible]);
        Assert.StartsWith(told, difference.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The contract as an older client has it.</summary>
    private static PythonContract Older(Action<JsonObject> change)
    {
        var document = JsonNode.Parse(TypedCommands.Contract.Document!)!;
        change(document["methods"]!.AsObject());
        return new PythonContract("sha256:of an older client", document.ToJsonString());
    }

    private static JsonObject Schema(JsonNode parameter) => parameter["schema"]!.AsObject();

    private Task WriteAsync(string source) => File.WriteAllTextAsync(_module, source);

    private PythonPoolOptions Options(bool allowCompatible = false) => new()
    {
        Module = "typed_commands",
        SearchPaths = { _folder.Path },
        Size = 1,
        Overflow = 0,
        Launch = Pools.Launch,
        Contract = TypedCommands.Contract,
        AllowCompatibleContract = allowCompatible,
        Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
    };
}
