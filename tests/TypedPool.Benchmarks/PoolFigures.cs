using System.Globalization;
using TypedPool.Benchmarks.Contenders;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks;

/// <summary>The figures of a pool's parts, each measured against what it may cost.</summary>
internal static class PoolFigures
{
    private const int Workers = 8;
    private const int Calls = 500;
    private const int Checkouts = 20_000;

    /// <summary>Pairs that are thrown away: by then the code has been compiled for good.</summary>
    private const int WarmUpPairs = 20;

    /// <summary>Measures them all.</summary>
    /// <param name="pairs">How many pairs of rounds are kept of each.</param>
    /// <returns>The figures.</returns>
    internal static async Task<IReadOnlyList<PoolFigure>> MeasureAsync(int pairs) =>
    [
        await CheckoutAsync(pairs),
        await CallAsync(pairs),
        await StartAsync(pairs),
        await InLineAsync(pairs),
        await CheckoutsInLineAsync(pairs),
        await InstrumentsAsync(pairs),
    ];

    private static async Task<PoolFigure> CheckoutAsync(int pairs)
    {
        await using var limit = new UncontendedLock();
        await using var contender = new CheckoutAndReturn();
        return await CompareAsync(limit, contender, Checkouts, "under 1 µs, 0 B", pairs);
    }

    private static async Task<PoolFigure> CallAsync(int pairs)
    {
        var text = new string('x', 64);
        await using var limit = new BareCall(text);
        await using var contender = new TypedCall(text);
        return await CompareAsync(limit, contender, Calls, "at most 1.3 times", pairs);
    }

    private static async Task<PoolFigure> StartAsync(int pairs)
    {
        await Rounds.PairsAsync(() => PoolStart.TimeAsync(1), () => PoolStart.TimeAsync(Workers), 2);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await PoolStart.TimeAsync(Workers);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        var measured = await Rounds.PairsAsync(() => PoolStart.TimeAsync(1), () => PoolStart.TimeAsync(Workers), pairs);
        var most = 1.2 * Workers / Math.Min(Workers, Environment.ProcessorCount);
        return new PoolFigure($"the start of {Workers} workers", "the start of one", string.Create(CultureInfo.InvariantCulture, $"at most {most:F1} times"), allocated, measured);
    }

    private static async Task<PoolFigure> InLineAsync(int pairs)
    {
        const int WarmUps = 3;
        await using var few = new CallersInLine(10);
        await using var many = new CallersInLine(10_000);
        await few.StartAsync();
        await many.StartAsync();
        Func<Task<double>> limit = () => InLineAsync(few);
        Func<Task<double>> contender = () => InLineAsync(many);
        await Rounds.PairsAsync(limit, contender, WarmUps);
        var measured = await Rounds.PairsAsync(limit, contender, pairs);
        await many.ComeAsync();
        return new PoolFigure(many.Name, few.Name, "at most 1.1 times", await Rounds.AllocatedAsync(many, 10 * Calls), measured);
    }

    /// <summary>What of that is the pool's own: no Python, no arguments, and nobody who waits but for a worker.</summary>
    private static async Task<PoolFigure> CheckoutsInLineAsync(int pairs)
    {
        await using var few = new CheckoutsInLine(10);
        await using var many = new CheckoutsInLine(10_000);
        return await CompareAsync(few, many, 5 * Checkouts, "none of its own", pairs);
    }

    private static async Task<double> InLineAsync(CallersInLine callers)
    {
        await callers.ComeAsync();
        var time = await Rounds.TimeAsync(callers, 20 * Calls);
        await callers.GoAsync();
        return time;
    }

    /// <summary>They cannot be taken out of a call: what they do is measured by itself, and added to a call.</summary>
    private static async Task<PoolFigure> InstrumentsAsync(int pairs)
    {
        await using var call = new TypedCall(new string('x', 64));
        await using var instruments = new Instruments();
        await call.StartAsync();
        await Rounds.PairsAsync(() => Rounds.TimeAsync(call, Calls), () => Rounds.TimeAsync(instruments, Checkouts), WarmUpPairs);
        var measured = await Rounds.PairsAsync(() => Rounds.TimeAsync(call, Calls), () => Rounds.TimeAsync(instruments, Checkouts), pairs);
        var allocated = await Rounds.AllocatedAsync(instruments, Checkouts);
        return new PoolFigure(
            instruments.Name, "the same without them", "at most 1.02 times", allocated,
            [.. measured.Select(pair => new Pair(pair.Limit - pair.Contender, pair.Limit))]);
    }

    private static async Task<PoolFigure> CompareAsync(IContender limit, IContender contender, int operations, string aim, int pairs)
    {
        await limit.StartAsync();
        await contender.StartAsync();
        Func<Task<double>> ofLimit = () => Rounds.TimeAsync(limit, operations);
        Func<Task<double>> ofContender = () => Rounds.TimeAsync(contender, operations);
        await Rounds.PairsAsync(ofLimit, ofContender, WarmUpPairs);
        var measured = await Rounds.PairsAsync(ofLimit, ofContender, pairs);
        return new PoolFigure(contender.Name, limit.Name, aim, await Rounds.AllocatedAsync(contender, operations), measured);
    }
}
