using TypedPool.Generators.Tests.Positions;
using TypedPool.Generators.Tests.Support;
using TypedPool.Serialization;

namespace TypedPool.Generators.Tests.Runs;

/// <summary>Calls what is generated from <c>Snapshots/positions.json</c>: arguments that go as an array.</summary>
public sealed class PositionClientTests
{
    private readonly FakeInvoker _server = new("7");

    private PositionCommands Commands => new(_server);

    [Fact]
    public async Task What_is_absent_at_the_end_is_left_out()
    {
        Assert.Equal(7, await Commands.EthGetBlockAsync("0x1"));
        Assert.Equal("""["0x1"]""", _server.Arguments);

        await Commands.EthGetBlockAsync("0x1", full: true);
        Assert.Equal("""["0x1",true]""", _server.Arguments);
    }

    [Fact]
    public async Task Absence_before_another_argument_is_null_where_null_means_the_same()
    {
        await Commands.EthGetBlockAsync("0x1", full: false, note: null);

        Assert.Equal("""["0x1",false,null,null]""", _server.Arguments);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Absence_before_another_argument_is_an_error_where_it_cannot_be_sent(bool isDistinguished)
    {
        var error = await Assert.ThrowsAsync<JsonMismatchException>(() => isDistinguished
            ? Commands.EthGetBlockAsync("0x1", full: true, last: [1])
            : Commands.EthGetBlockAsync("0x1", depth: 3));

        Assert.Contains(isDistinguished ? "\"note\"" : "\"full\"", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_before_a_required_one_is_required()
    {
        await new PositionCommands(new FakeInvoker()).MiddleAsync(1, "b");
        var server = new FakeInvoker();

        await new PositionCommands(server).MiddleAsync(new MiddleRequest { First = 1, Second = "b" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("""[1,"b"]""", server.Arguments);
    }

    [Fact]
    public async Task No_arguments_are_an_empty_array_and_by_name_stays_an_object()
    {
        var server = new FakeInvoker();

        await new PositionCommands(server).NoneAsync();
        Assert.Equal("[]", server.Arguments);

        await new PositionCommands(server).EitherAsync("x");
        Assert.Equal("""{"a":"x"}""", server.Arguments);
    }
}
