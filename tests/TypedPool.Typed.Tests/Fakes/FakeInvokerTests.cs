using TypedPool.Fakes;
using TypedPool.Serialization;
using TypedPool.TypedTests.Frozen.V0_1_0;

namespace TypedPool.TypedTests.Fakes;

public sealed class FakeInvokerTests
{
    [Fact]
    public async Task Commands_of_every_form_are_answered_and_recorded_in_order()
    {
        var python = new FakeInvoker { Contract = PythonCommands.Contract.Hash }
            .On("nothing", (ValueTuple _) => { })
            .On("session", () => "one")
            .On("session", string? () => "two")
            .On("same", async (SameRequest request, CancellationToken token) =>
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                return new Item { Name = request.Item.Name, Price = 1, Color = Color.Red, Size = null, Tags = [], Parts = [], Extra = default };
            });
        var commands = new PythonCommands(python).InSession("s");

        await commands.NothingAsync();
        Assert.Equal("two", await commands.SessionAsync());
        Assert.Equal("x", (await commands.SameAsync(new ItemInput { Name = "x", Price = 1 })).Name);

        Assert.Equal(["nothing", "session", "same"], python.Calls.Select(call => call.Command));
        Assert.All(python.Calls, call => Assert.Equal("s", call.Options?.Session));
        Assert.Equal("""{"item":{"name":"x","price":1.0}}""", python.Calls[^1].Arguments.GetRawText());
        Assert.IsType<ValueTuple>(python.Calls[0].Request);
    }

    [Fact]
    public async Task A_command_without_an_answer_says_how_to_give_it_one()
    {
        var commands = new PythonCommands(new FakeInvoker().On("session", () => 7));

        var none = await Assert.ThrowsAsync<InvalidOperationException>(() => commands.SameAsync(new ItemInput { Name = "", Price = 0 }));
        var other = await Assert.ThrowsAsync<InvalidOperationException>(() => commands.SessionAsync());

        Assert.Equal("The fake has no answer to the command 'same'. Give it one: On(\"same\", (SameRequest request) => a Item).", none.Message);
        Assert.Equal("The fake has no answer to the command 'session', but one of other types. Give it one: On(\"session\", () => a String).", other.Message);
    }

    [Fact]
    public async Task Arguments_that_cannot_travel_are_refused_as_by_a_pool()
    {
        var python = new FakeInvoker();

        var error = await Assert.ThrowsAsync<InvalidArgumentsException>(
            () => new PythonCommands(python).InSession("s").SameAsync(new ItemInput { Name = "\ud800", Price = 0 }));

        Assert.Equal(("/item/name", "same", "s"), (error.Path, error.Command, error.Session));
        Assert.Empty(python.Calls);
    }

    [Fact]
    public async Task A_cancelled_call_is_not_made()
    {
        var python = new FakeInvoker().On("session", () => "one");

        await Assert.ThrowsAsync<OperationCanceledException>(() => new PythonCommands(python).SessionAsync(cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(python.Calls);
    }

    [Fact]
    public void Another_contract_is_refused() =>
        Assert.Throws<SchemaMismatchException>(() => new PythonCommands(new FakeInvoker { Contract = "sha256:other" }));

    [Fact]
    public void Answers_are_checked()
    {
        var python = new FakeInvoker();

        Assert.Throws<ArgumentException>(() => python.On("", () => 1));
        Assert.Throws<ArgumentNullException>(() => python.On("x", (Func<int>)null!));
        Assert.Throws<ArgumentNullException>(() => python.On("x", (Func<int, NoResult>)null!));
        Assert.Throws<ArgumentNullException>(() => python.On("x", (Action<int>)null!));
        Assert.Throws<ArgumentNullException>(() => python.On("x", (Func<int, CancellationToken, Task<int>>)null!));
    }
}
