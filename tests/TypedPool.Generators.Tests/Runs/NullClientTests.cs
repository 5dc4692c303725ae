using TypedPool.Generators.Tests.Nulls;
using TypedPool.Generators.Tests.Support;
using TypedPool.Serialization;

namespace TypedPool.Generators.Tests.Runs;

/// <summary>Calls what is generated from <c>Snapshots/nullable.json</c>.</summary>
public sealed class NullClientTests
{
    [Fact]
    public async Task Null_is_written_wherever_the_schema_has_it()
    {
        var python = new FakeInvoker("[]");

        await new NullCommands(python).NullsAsync(
            null, null, null, null, [1, null], [["a", null], []], new Dictionary<string, IReadOnlyList<double>?>(StringComparer.Ordinal) { ["x"] = null, ["y"] = [2] },
            types: new(null), typesWithDefault: null, enumNull: NullsEnumNull.B, listOrDefault: new(null),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"any_of":null,"one_of":null,"const_null":null,"types":null,"enum_null":"b","openapi":null,"items":[1,null],"nested":[["a",null],[]],"values":{"x":null,"y":[2.0]},"list_or_default":null}""",
            python.Arguments);
    }

    [Fact]
    public async Task Null_is_read_wherever_the_schema_has_it()
    {
        var python = new FakeInvoker("""[null,{"a":null,"b":null},{"a":"x","b":true,"c":null,"d":null,"e":null,"f":[null,"y"]}]""");

        var items = await new NullCommands(python).NullsAsync(
            null, null, null, null, [], [], new Dictionary<string, IReadOnlyList<double>?>(StringComparer.Ordinal));

        Assert.Equal(
            [
                null,
                new Item { A = null, B = null },
                new Item { A = "x", B = true, C = new(null), D = null, E = new(null), F = [null, "y"] },
            ],
            items);
    }

    [Theory]
    [InlineData("[{\"a\":null}]")]
    [InlineData("[{\"b\":true}]")]
    [InlineData("[{\"a\":null,\"b\":null,\"f\":null}]")]
    public async Task Null_is_refused_where_the_schema_has_none(string json) =>
        await Assert.ThrowsAsync<JsonMismatchException>(() => new NullCommands(new FakeInvoker(json)).NullsAsync(
            null, null, null, null, [], [], new Dictionary<string, IReadOnlyList<double>?>(StringComparer.Ordinal)));

    [Theory]
    [InlineData("null", null)]
    [InlineData("[\"a\"]", "a")]
    public async Task A_whole_result_may_be_null(string json, string? expected)
    {
        var result = await new NullCommands(new FakeInvoker(json)).MaybeAsync();

        Assert.Equal(expected, result?[0]);
    }
}
