using TypedPool.Benchmarks.Peers;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks.Workloads;

/// <summary>What was measured of one workload.</summary>
/// <param name="Name">The workload.</param>
/// <param name="Callers">How many callers there were.</param>
/// <param name="Workers">How many processes did the work.</param>
/// <param name="Contenders">What each contender took.</param>
/// <param name="Missing">Who did not take part, by name, with the reason.</param>
internal sealed record WorkloadResult(
    string Name, int Callers, int Workers, IReadOnlyList<ContenderResult> Contenders, IReadOnlyDictionary<string, string> Missing)
{
    /// <summary>How many times another one's time a contender takes, by the rounds that they ran one after the other.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="other">The name of the other.</param>
    /// <returns>The ratio; null where the other one did not take part.</returns>
    internal MedianInterval? Ratio(ContenderResult contender, string other) =>
        Contenders.FirstOrDefault(each => each.Name == other) is { } limit
            ? MedianInterval.Of(contender.Times.Zip(limit.Times, static (time, least) => time / least))
            : null;

    /// <summary>TypedPool's own.</summary>
    internal ContenderResult? Own => Contenders.FirstOrDefault(each => each.Name == Contestants.Own);
}

/// <summary>What one contender took.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Times">The mean time of an operation in each round, in microseconds.</param>
/// <param name="AllocatedBytes">What an operation allocates in the host, on all threads: the median of the rounds.</param>
/// <param name="Calls">What single calls took, where several callers waited for one another; else null.</param>
internal sealed record ContenderResult(string Name, IReadOnlyList<double> Times, long AllocatedBytes, CallTimes? Calls)
{
    /// <summary>The time of an operation, in microseconds.</summary>
    public MedianInterval Time => MedianInterval.Of(Times);
}

/// <summary>How long single calls took, of all rounds, in microseconds.</summary>
/// <param name="Median">Half of them at most.</param>
/// <param name="P99">99 of 100 at most.</param>
internal sealed record CallTimes(double Median, double P99)
{
    private const double Percentile99 = 0.99;

    /// <summary>Sums calls up.</summary>
    /// <param name="calls">What each took.</param>
    /// <returns>Null where there are none.</returns>
    internal static CallTimes? Of(IEnumerable<double> calls)
    {
        double[] sorted = [.. calls.Order()];
        return sorted.Length == 0 ? null : new CallTimes(sorted[sorted.Length / 2], sorted[(int)Math.Ceiling(Percentile99 * sorted.Length) - 1]);
    }
}
