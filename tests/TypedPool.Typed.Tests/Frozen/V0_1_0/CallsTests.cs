using System.Text.Json;
using TypedPool.Testing;
using TypedPool.TypedTests.Generating;

namespace TypedPool.TypedTests.Frozen.V0_1_0;

/// <summary>Calls through the client that version 0.1.0 generated.</summary>
public sealed class CallsTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private PythonCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await PythonCommands.StartAsync(new PythonPoolOptions { Module = "shop", SearchPaths = { "Frozen/V0_1_0" }, Size = 1 });
        _commands = new PythonCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Arguments_and_results_travel()
    {
        ItemInput[] items = [new() { Name = "ü", Price = 2.5 }, new() { Name = "b", Price = 1 }];

        var bill = await _commands.BuyAsync(items, new Dictionary<string, long> { ["ü"] = 2 }, BuyPayment.Card, discount: 0.5);

        Assert.Equal(new Bill { Count = 2, Total = 3, ByName = new Dictionary<string, double> { ["ü"] = 2.5, ["b"] = 0.5 }.ToValueMap(), Paid = true, Note = "thanks" }, bill);
        Assert.Null((await _commands.BuyAsync(new BuyRequest { Items = items, Counts = new Dictionary<string, long>(), Note = new(null) })).Note);
    }

    [Fact]
    public async Task Records_come_back()
    {
        var sent = new ItemInput { Name = "", Price = -0.0, Color = Color.DarkBlue, Size = new(null), Tags = ["x"], Parts = [new ItemInput { Name = "p", Price = double.NaN }], Extra = JsonElement.Parse("[1]") };

        var back = await _commands.SameAsync(sent);

        Assert.Equal((sent.Name, Color.DarkBlue, null, sent.Tags), (back.Name, back.Color, back.Size, back.Tags));
        Assert.True(double.IsNegative(back.Price));
        var part = Assert.Single(back.Parts);
        Assert.Equal(("p", double.NaN, Color.Red, Size.Large), (part.Name, part.Price, part.Color, part.Size));
        Assert.Equal("[1]", back.Extra.GetRawText());
    }

    [Fact]
    public async Task Errors_sessions_and_commands_without_result_work()
    {
        await _commands.NothingAsync();
        Assert.Equal("s", await _commands.InSession("s").SessionAsync());
        Assert.Equal("ok", (await _commands.PingAsync()).Status);
        var error = await Assert.ThrowsAsync<OutOfStockException>(() => _commands.BuyAsync([], new Dictionary<string, long> { ["x"] = 1_001 }));
        Assert.Equal("there are only 1,000 of each", error.Error.Message);
        Assert.Equal("/items/0/name", (await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.BuyAsync([new ItemInput { Name = "\ud800", Price = 0 }], new Dictionary<string, long>()))).Path);
    }

    [Fact]
    public async Task Its_module_still_offers_the_contract_of_its_schema()
    {
        var folder = RepositoryRoot.Combine("tests", "TypedPool.Typed.Tests", "Frozen", "V0_1_0");

        Assert.Equal(PythonCommands.Contract.Hash, _pool.Contract);
        await Bridge.RunAsync("check", Path.Combine(folder, "shop.py"), "--against", Path.Combine(folder, "shop.openrpc.json"));
    }
}
