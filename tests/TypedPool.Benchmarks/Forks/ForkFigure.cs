using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks.Forks;

/// <summary>How long workers take to be ready.</summary>
/// <param name="Workers">How many are started at once.</param>
/// <param name="Pairs">Forked against spawned ones (the limit), in turns.</param>
/// <param name="Forked">More trials of forked ones alone, in microseconds.</param>
internal sealed record ForkFigure(int Workers, IReadOnlyList<Pair> Pairs, IReadOnlyList<double> Forked)
{
    /// <summary>Spawned, in microseconds.</summary>
    public MedianInterval SpawnedTime => MedianInterval.Of(Pairs.Select(pair => pair.Limit));

    /// <summary>Forked, in microseconds, while spawned ones took turns with them.</summary>
    public MedianInterval ForkedTime => MedianInterval.Of(Pairs.Select(pair => pair.Contender));

    /// <summary>Forked, of the trials without spawned ones in between.</summary>
    public MedianInterval ForkedAlone => MedianInterval.Of(Forked);

    /// <summary>What 99 of 100 of those trials took at most.</summary>
    public double ForkedAlone99 => Forked.Order().ElementAt((int)Math.Ceiling(0.99 * Forked.Count) - 1);
}
