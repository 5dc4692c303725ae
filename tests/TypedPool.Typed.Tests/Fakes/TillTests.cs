using NSubstitute;
using TypedPool.Fakes;
using TypedPool.TypedTests.Frozen.V0_1_0;

namespace TypedPool.TypedTests.Fakes;

/// <summary>The tests of a user's class, as docs/testing.md shows them.</summary>
public sealed class TillTests
{
    [Fact]
    public async Task A_sale_is_told()
    {
        var python = new FakeInvoker()
            .On("buy", (BuyRequest request) => new Bill { Count = request.Counts["pear"], Total = 6, ByName = ValueMap<string, double>.Empty, Paid = true, Note = null });

        var told = await new Till(new PythonCommands(python)).SellAsync("pear", 3);

        Assert.Equal("3 sold", told);
        var call = Assert.Single(python.Calls);
        Assert.Equal("pear", ((BuyRequest)call.Request!).Items[0].Name);
        Assert.Equal("""{"pear":3}""", call.Arguments.GetProperty("counts").GetRawText());
    }

    [Fact]
    public async Task What_is_sold_out_is_told()
    {
        var python = new FakeInvoker().On<BuyRequest, Bill>("buy", _ =>
            throw new OutOfStockException(new PythonError("shop.OutOfStock", "no pears", "", [], 1001)));

        Assert.Equal("sold out", await new Till(new PythonCommands(python)).SellAsync("pear", 1));
    }

    [Fact]
    public async Task A_worker_that_dies_is_no_reason_to_fail()
    {
        var python = new FakeInvoker().On<BuyRequest, Bill>("buy", _ =>
            throw new WorkerCrashedException("The worker died.") { ExitCode = 139, Delivery = Delivery.MayHaveRun });

        Assert.Equal("try again", await new Till(new PythonCommands(python)).SellAsync("pear", 1));
    }

    [Fact]
    public async Task A_mocking_library_will_do()
    {
        var python = Substitute.For<IPythonCommands>();
        python.BuyAsync(Arg.Any<IReadOnlyList<ItemInput>>(), Arg.Any<IReadOnlyDictionary<string, long>>())
            .Returns(new Bill { Count = 3, Total = 6, ByName = ValueMap<string, double>.Empty, Paid = true, Note = null });

        Assert.Equal("3 sold", await new Till(python).SellAsync("pear", 3));
    }

    [Fact]
    public async Task A_class_of_ones_own_will_do() =>
        Assert.Equal("7 sold", await new Till(new SevenOfEverything(new PythonCommands(new FakeInvoker()))).SellAsync("pear", 3));
}
