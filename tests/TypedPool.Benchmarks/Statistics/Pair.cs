namespace TypedPool.Benchmarks.Statistics;

/// <summary>One round of each of two contenders, one right after the other: mean times of an operation in microseconds.</summary>
/// <param name="Limit">The contender that is the limit.</param>
/// <param name="Contender">The other.</param>
internal sealed record Pair(double Limit, double Contender)
{
    /// <summary>How many times the limit the contender takes.</summary>
    internal double Ratio => Contender / Limit;
}
