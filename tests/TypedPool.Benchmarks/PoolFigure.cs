using System.Globalization;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks;

/// <summary>What was measured of one part of a pool.</summary>
/// <param name="Contender">The part.</param>
/// <param name="Limit">What it is compared with.</param>
/// <param name="Aim">What it is to be.</param>
/// <param name="AllocatedBytes">What an operation of it allocates in the host, on all threads.</param>
/// <param name="Pairs">The rounds, in the order in which they ran.</param>
internal sealed record PoolFigure(string Contender, string Limit, string Aim, double AllocatedBytes, IReadOnlyList<Pair> Pairs)
{
    /// <summary>All but the aim as the beginning of a row of a table, in the form of Markdown.</summary>
    internal string Row
    {
        get
        {
            var (time, limit, ratio) = (ContenderTime, LimitTime, Ratio);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {Contender} | {time.Median:G4} µs ({time.Low:G4} to {time.High:G4}) | {Limit} | {limit.Median:G4} µs | {ratio.Median:F4} ({ratio.Low:F4} to {ratio.High:F4}) |");
        }
    }

    /// <summary>How many times the limit it takes.</summary>
    public MedianInterval Ratio => MedianInterval.Of(Pairs.Select(pair => pair.Ratio));

    /// <summary>The limit's time, in microseconds.</summary>
    public MedianInterval LimitTime => MedianInterval.Of(Pairs.Select(pair => pair.Limit));

    /// <summary>Its own time, in microseconds.</summary>
    public MedianInterval ContenderTime => MedianInterval.Of(Pairs.Select(pair => pair.Contender));
}
