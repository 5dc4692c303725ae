using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks;

/// <summary>What was measured of a contender against its limit.</summary>
/// <param name="Limit">The name of the limit.</param>
/// <param name="Contender">The name of the contender.</param>
/// <param name="PayloadBytes">The text that goes there and back.</param>
/// <param name="MessageBytes">The frame around it, as sent.</param>
/// <param name="AllocatedBytes">What an operation of the contender allocates in the host, on all threads.</param>
/// <param name="LimitAllocatedBytes">The same of the limit.</param>
/// <param name="Pairs">The rounds, in the order in which they ran.</param>
internal sealed record Comparison(
    string Limit, string Contender, int PayloadBytes, int MessageBytes, double AllocatedBytes, double LimitAllocatedBytes, IReadOnlyList<Pair> Pairs)
{
    /// <summary>How many times the limit the contender takes.</summary>
    public MedianInterval Ratio => MedianInterval.Of(Pairs.Select(pair => pair.Ratio));

    /// <summary>The median of the limit, in microseconds.</summary>
    public double LimitMedian => MedianInterval.Of(Pairs.Select(pair => pair.Limit)).Median;

    /// <summary>The median of the contender, in microseconds.</summary>
    public double ContenderMedian => MedianInterval.Of(Pairs.Select(pair => pair.Contender)).Median;
}
