namespace TypedPool.Benchmarks.Promises;

/// <summary>How long something takes that is promised to be done within a time.</summary>
/// <param name="What">From what to what.</param>
/// <param name="AimMilliseconds">In how many milliseconds 99 of 100 trials are to be done.</param>
/// <param name="Milliseconds">What the trials took, in the order in which they ran.</param>
internal sealed record PromisedTime(string What, double AimMilliseconds, IReadOnlyList<double> Milliseconds)
{
    /// <summary>What half of the trials took at the most, in milliseconds.</summary>
    public double Median => Sorted[(Milliseconds.Count - 1) / 2];

    /// <summary>What 99 of 100 took at the most.</summary>
    public double P99 => Sorted[(int)Math.Ceiling(Milliseconds.Count * 0.99) - 1];

    /// <summary>What the slowest one took.</summary>
    public double Most => Sorted[^1];

    /// <summary>Whether the promise is kept.</summary>
    public bool IsKept => P99 <= AimMilliseconds;

    private double[] Sorted => [.. Milliseconds.Order()];
}
