using System.Text.Json;
using TypedPool.Generators.Tests.Contract;
using TypedPool.Generators.Tests.Support;
using TypedPool.Serialization;

namespace TypedPool.Generators.Tests.Runs;

/// <summary>Calls what is generated from <c>Snapshots/contract.json</c>.</summary>
public sealed class ContractClientTests
{
    private const string AnyNode = """{"value":null,"children":[]}""";

    [Fact]
    [Obsolete("The command is deprecated, which is part of the test.")]
    public async Task What_is_not_set_is_not_sent()
    {
        var python = new FakeInvoker("[]");

        await new PythonCommands(python).ClassifyAsync("é");

        Assert.Equal("classify", python.Command);
        Assert.Equal("""{"text":"\u00E9"}""", python.Arguments);
        Assert.True(python.IsIdempotent);
    }

    [Fact]
    [Obsolete("The command is deprecated, which is part of the test.")]
    public async Task Both_overloads_send_the_same()
    {
        var flat = new FakeInvoker("[]");
        var record = new FakeInvoker("[]");

        await new PythonCommands(flat).ClassifyAsync("t", 5, ClassifyMode.Exact, [1, -0.0, double.NaN], null);
        await new PythonCommands(record).ClassifyAsync(
            new ClassifyRequest { Text = "t", TopK = 5, Mode = ClassifyMode.Exact, Weights = [1, -0.0, double.NaN], Limit = new(null) },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("""{"text":"t","top_k":5,"mode":"exact","weights":[1.0,-0.0,"NaN"],"limit":null}""", flat.Arguments);
        Assert.Equal(flat.Arguments, record.Arguments);
    }

    [Fact]
    [Obsolete("The command is deprecated, which is part of the test.")]
    public async Task Results_are_records_that_compare_by_value()
    {
        var python = new FakeInvoker("""[{"unknown":[{}],"name":"a","kind":"good"},{"kind":"bad","level":-5,"name":""}]""");

        var labels = await new PythonCommands(python).ClassifyAsync("t");

        Assert.Equal(
            [new Label { Name = "a", Kind = Kind.Good }, new Label { Name = "", Kind = Kind.Bad, Level = Level.BelowZero }], labels);
    }

    [Theory]
    [InlineData("{}", "an array")]
    [InlineData("[{\"name\":\"a\"}]", "the member \"kind\"")]
    [InlineData("[{\"name\":1,\"kind\":\"good\"}]", "a string")]
    [InlineData("[{\"name\":null,\"kind\":\"good\"}]", "a string")]
    [InlineData("[{\"name\":\"a\",\"kind\":\"GOOD\"}]", "one of \"good\", \"bad\"")]
    [InlineData("[{\"name\":\"a\",\"kind\":\"good\",\"level\":3}]", "one of 1, 2, -5")]
    [InlineData("[{\"name\":\"a\",\"kind\":\"good\",\"level\":1.5}]", "one of 1, 2, -5")]
    [InlineData("[{\"name\":\"a\",\"kind\":\"good\",\"level\":null}]", "one of 1, 2, -5")]
    [Obsolete("The command is deprecated, which is part of the test.")]
    public async Task Wrong_results_are_errors(string json, string expected)
    {
        var commands = new PythonCommands(new FakeInvoker(json));

        var error = await Assert.ThrowsAsync<JsonMismatchException>(
            () => commands.ClassifyAsync("t"));

        Assert.Equal(expected, error.Expected);
    }

    [Fact]
    [Obsolete("The command is deprecated, which is part of the test.")]
    public async Task Values_that_the_schema_does_not_know_are_not_sent()
    {
        var commands = new PythonCommands(new FakeInvoker("[]"));

        await Assert.ThrowsAsync<JsonMismatchException>(() => commands.ClassifyAsync("t", mode: (ClassifyMode)7));
        await Assert.ThrowsAsync<JsonMismatchException>(() => commands.ClassifyAsync((string)null!));
        await Assert.ThrowsAsync<JsonMismatchException>(() => commands.ClassifyAsync("\ud800"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => commands.ClassifyAsync((ClassifyRequest)null!));
    }

    [Fact]
    [Obsolete("The command is deprecated, which is part of the test.")]
    public async Task Declared_errors_become_exceptions_of_their_own()
    {
        var python = new FakeInvoker("[]");
        await new PythonCommands(python).ClassifyAsync("t");

        var error = Assert.Single(python.Errors);

        Assert.Equal("commands.EmptyText", error.Type);
        var exception = error.Create(new PythonError("commands.EmptyText", "empty", "", [], 1001));
        Assert.IsType<EmptyTextException>(exception);
        Assert.Equal("commands.EmptyText: empty", exception.Message);
    }

    [Fact]
    public async Task A_command_without_parameters_sends_an_empty_object_and_returns_nothing()
    {
        var python = new FakeInvoker();
        Task call = new PythonCommands(python).PingAsync();

        await call;

        Assert.Equal(("ping", "{}"), (python.Command, python.Arguments));
        await Assert.ThrowsAsync<JsonMismatchException>(() => new PythonCommands(new FakeInvoker("1")).PingAsync());
    }

    [Fact]
    public async Task Recursive_records_and_nested_collections_travel_both_ways()
    {
        const string Tree = """{"value":1.5,"children":[{"value":null,"children":[],"note":null}],"tags":{"x":true},"note":"n","payload":{"any":[1]}}""";
        var python = new FakeInvoker(Tree);
        var parent = new Node
        {
            Value = 2,
            Children = [new Node { Value = null, Children = [] }],
            Tags = new Dictionary<string, bool>(StringComparer.Ordinal) { ["a b"] = false }.ToValueMap(),
            Note = new(null),
        };
        var labels = new Dictionary<string, IReadOnlyList<Label>>(StringComparer.Ordinal) { ["l"] = [new Label { Name = "n", Kind = Kind.Bad, Level = Level.High }] };

        var result = await new PythonCommands(python).StoreAsync(labels, parent, JsonElement.Parse("null"));

        Assert.Equal(
            """{"labels":{"l":[{"name":"n","kind":"bad","level":2}]},"extra":null,"parent":{"value":2.0,"children":[{"value":null,"children":[]}],"tags":{"a b":false},"note":null}}""",
            python.Arguments);
        Assert.Equal(1.5, result.Value);
        Assert.Equal(new Node { Value = null, Children = [], Note = new(null) }, Assert.Single(result.Children));
        Assert.Equal(new Optional<string?>("n"), result.Note);
        Assert.False(new Node { Value = null, Children = [] }.Note.HasValue);
        Assert.True(result.Tags!["x"]);
        Assert.Equal("[1]", result.Payload!.Value.GetProperty("any").GetRawText());
    }

    [Fact]
    public async Task Null_is_sent_where_null_is_a_value()
    {
        var python = new FakeInvoker(AnyNode);

        await new PythonCommands(python).StoreAsync(
            new Dictionary<string, IReadOnlyList<Label>>(StringComparer.Ordinal), parent: null);

        Assert.Equal("""{"labels":{},"parent":null}""", python.Arguments);
    }

    [Fact]
    public async Task A_session_goes_with_each_call_unless_the_call_names_another()
    {
        var python = new FakeInvoker();
        var session = new PythonCommands(python).InSession("s");

        await session.PingAsync();
        var first = python.Options?.Session;
        await session.PingAsync(new CallOptions { Session = "t", CommandTimeout = TimeSpan.FromSeconds(1) }, TestContext.Current.CancellationToken);

        Assert.Equal(("s", "t"), (first, python.Options?.Session));
        Assert.Equal(TestContext.Current.CancellationToken, python.CancellationToken);
        Assert.Throws<ArgumentNullException>(() => session.InSession(null!));
    }

    [Fact]
    public void Another_contract_is_refused_and_an_unknown_one_is_not()
    {
        Assert.Equal("sha256:4f0c", PythonCommands.Contract.Hash);
        _ = new PythonCommands(new FakeInvoker(contract: "sha256:4f0c"));
        _ = new PythonCommands(new FakeInvoker(contract: null));

        var error = Assert.Throws<SchemaMismatchException>(() => new PythonCommands(new FakeInvoker(contract: "sha256:other")));

        Assert.Equal(("sha256:4f0c", "sha256:other"), (error.Expected, error.Actual));
        Assert.Throws<ArgumentNullException>(() => new PythonCommands(null!));
    }
}
