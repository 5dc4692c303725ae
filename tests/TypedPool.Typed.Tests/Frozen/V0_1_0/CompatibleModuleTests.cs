using System.Text.Json;
using TypedPool.Testing;
using TypedPool.TypedTests.Generating;

namespace TypedPool.TypedTests.Frozen.V0_1_0;

/// <summary>Calls through the client that version 0.1.0 generated, of a module that has learnt more since.</summary>
public sealed class CompatibleModuleTests
{
    [Fact]
    public async Task An_old_client_goes_on_with_a_newer_module_where_that_is_allowed()
    {
        await using var pool = await PythonCommands.StartAsync(Options(allow: true));
        var commands = new PythonCommands(pool);

        var bill = await commands.BuyAsync([new ItemInput { Name = "b", Price = 1 }], new Dictionary<string, long> { ["b"] = 2 }, BuyPayment.Card);

        Assert.Equal(new Bill { Count = 2, Total = 2, ByName = new Dictionary<string, double> { ["b"] = 2 }.ToValueMap(), Paid = true, Note = "thanks" }, bill);
        var item = new ItemInput { Name = "p", Price = 1, Size = new(null), Parts = [new ItemInput { Name = "q", Price = 2 }], Extra = JsonElement.Parse("{}") };
        var back = await commands.SameAsync(item);
        Assert.Equal((item.Name, null, "q", "{}"), (back.Name, back.Size, Assert.Single(back.Parts).Name, back.Extra.GetRawText()));
        await commands.NothingAsync();
        Assert.Equal("s", await commands.InSession("s").SessionAsync());
        await Assert.ThrowsAsync<OutOfStockException>(() => commands.BuyAsync([], new Dictionary<string, long> { ["x"] = 1_001 }));
    }

    [Fact]
    public async Task Otherwise_it_is_told_what_is_new()
    {
        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => PythonCommands.StartAsync(Options(allow: false)));

        Assert.Empty(exception.Breaking);
        Assert.Equal(
            [
                "command 'buy', exception 'shop.Closed': exception added",
                "command 'buy', parameter 'hurry': optional parameter added",
                "command 'open_at': command added",
                "command 'same': now idempotent",
                "type 'Bill' at /currency: required field added",
                "type 'Bill' at /lines: required field added",
                "type 'Item' at /weight: required field added",
                "type 'ItemInput' at /weight: optional field added",
            ],
            exception.Compatible.Select(difference => $"{difference.Place}: {difference.Change}").Order(StringComparer.Ordinal));
        var folder = RepositoryRoot.Combine("tests", "TypedPool.Typed.Tests", "Frozen", "V0_1_0");
        await Bridge.RunAsync("check", Path.Combine(folder, "Later", "shop.py"), "--against", Path.Combine(folder, "shop.openrpc.json"));
    }

    private static PythonPoolOptions Options(bool allow) =>
        new() { Module = "shop", SearchPaths = { "Frozen/V0_1_0/Later" }, Size = 1, AllowCompatibleContract = allow };
}
