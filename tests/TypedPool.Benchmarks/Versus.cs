using TypedPool.Benchmarks.Contenders;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks;

/// <summary>Measures contenders against a limit, in interleaved rounds: what disturbs the machine disturbs both.</summary>
/// <param name="pairs">How many pairs of rounds are kept.</param>
internal sealed class Versus(int pairs)
{
    private const int OperationsInRound = 500;

    /// <summary>Pairs that are thrown away: by then the code has been compiled for good.</summary>
    private const int WarmUpPairs = 20;

    /// <summary>Measures a contender that sends the same payload as its limit.</summary>
    internal async Task<Comparison> CompareAsync(IContender limit, IContender contender, int payloadBytes, int messageBytes)
    {
        await limit.StartAsync();
        await contender.StartAsync();

        await PairsAsync(limit, contender, WarmUpPairs);
        var measured = await PairsAsync(limit, contender, pairs);
        var allocated = await Rounds.AllocatedAsync(contender, 10 * OperationsInRound);
        return new Comparison(limit.Name, contender.Name, payloadBytes, messageBytes, allocated, await Rounds.AllocatedAsync(limit, 10 * OperationsInRound), measured);
    }

    private static Task<IReadOnlyList<Pair>> PairsAsync(IContender limit, IContender contender, int count) => Rounds.PairsAsync(
        () => Rounds.TimeAsync(limit, OperationsInRound), () => Rounds.TimeAsync(contender, OperationsInRound), count);
}
