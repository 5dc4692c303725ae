using TypedPool.TypedTests.Frozen.V0_1_0;

namespace TypedPool.TypedTests.Fakes;

public sealed class Till(IPythonCommands python)
{
    public async Task<string> SellAsync(string name, long count)
    {
        try
        {
            var item = new ItemInput { Name = name, Price = 2 };
            var bill = await python.BuyAsync([item], new Dictionary<string, long> { [name] = count });
            return $"{bill.Count} sold";
        }
        catch (OutOfStockException)
        {
            return "sold out";
        }
        catch (WorkerCrashedException)
        {
            return "try again";
        }
    }
}
