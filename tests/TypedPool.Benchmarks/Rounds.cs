using TypedPool.Benchmarks.Contenders;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks;

/// <summary>Rounds of two contenders that take turns: what disturbs the machine disturbs both.</summary>
internal static class Rounds
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Measures a round of each, over and over.</summary>
    /// <param name="limit">A round of the limit: the mean time of an operation, in microseconds.</param>
    /// <param name="contender">A round of the contender.</param>
    /// <param name="count">How many pairs.</param>
    /// <returns>The pairs.</returns>
    internal static async Task<IReadOnlyList<Pair>> PairsAsync(Func<Task<double>> limit, Func<Task<double>> contender, int count)
    {
        var measured = new List<Pair>(count);
        for (var i = 0; i < count; i++)
        {
            // Neither always has the other's warm caches.
            if (i % 2 == 0)
            {
                var first = await limit();
                measured.Add(new Pair(first, await contender()));
            }
            else
            {
                var first = await contender();
                measured.Add(new Pair(await limit(), first));
            }
        }

        return measured;
    }

    /// <summary>Runs a contender.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="operations">How often.</param>
    /// <returns>The mean time of an operation, in microseconds.</returns>
    internal static async Task<double> TimeAsync(IContender contender, int operations)
    {
        var began = Clock.GetTimestamp();
        await contender.RunAsync(operations);
        return Clock.GetElapsedTime(began).TotalMicroseconds / operations;
    }

    /// <summary>Runs a contender.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="operations">How often.</param>
    /// <returns>The bytes that an operation allocates, on all threads.</returns>
    internal static async Task<double> AllocatedAsync(IContender contender, int operations)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await contender.RunAsync(operations);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / operations;
    }
}
