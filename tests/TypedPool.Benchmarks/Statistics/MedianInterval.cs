namespace TypedPool.Benchmarks.Statistics;

/// <summary>A median with its distribution-free interval of 95 %.</summary>
/// <param name="Median">The median.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <remarks>
/// The ends are order statistics. Each sample is below the true median with probability one half, whatever the
/// distribution; so of n sorted samples the k-th from either end encloses it with probability 1 - 2 P(X &lt; k), X being
/// binomial (n, 1/2). The largest k is taken for which that is at least 0.95. See H. A. David and H. N. Nagaraja,
/// Order Statistics, third edition, section 7.1.
/// </remarks>
internal sealed record MedianInterval(double Median, double Low, double High)
{
    /// <summary>With fewer, no pair of order statistics encloses the median with a probability of 95 %.</summary>
    internal const int FewestSamples = 6;

    private const double Outside = 0.05;

    /// <param name="samples">At least <see cref="FewestSamples"/>, in any order.</param>
    /// <returns>Their median and its interval.</returns>
    internal static MedianInterval Of(IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        ArgumentOutOfRangeException.ThrowIfLessThan(sorted.Length, FewestSamples, nameof(samples));
        var k = FromEitherEnd(sorted.Length);
        return new MedianInterval(MedianOf(sorted), sorted[k - 1], sorted[^k]);
    }

    /// <param name="sorted">Sorted, and not empty.</param>
    private static double MedianOf(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static int FromEitherEnd(int n)
    {
        var logarithm = -n * Math.Log(2); // Of the probability of X = 0, which is too small for a number where n is large.
        var below = 0.0;
        for (var k = 0; ; k++)
        {
            below += Math.Exp(logarithm);
            if (2 * below > Outside)
                return k;
            logarithm += Math.Log(n - k) - Math.Log(k + 1);
        }
    }
}
