using System.Diagnostics.CodeAnalysis;

namespace TypedPool.Pool;

/// <summary>How long to wait after failures in a row: twice as long each time, with jitter, within bounds.</summary>
internal static class Backoff
{
    private const int MostDoublings = 16;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The delay before the next try.</summary>
    /// <param name="failures">Failures in a row, at least 1.</param>
    /// <returns>Between half of the doubled delay and all of it.</returns>
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "It spreads retries, no more.")]
    internal static TimeSpan After(int failures)
    {
        var doubled = Shortest * (1L << Math.Min(failures - 1, MostDoublings));
        var capped = doubled < Longest ? doubled : Longest;
        return capped * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
