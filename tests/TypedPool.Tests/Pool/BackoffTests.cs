using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(5, 1_600)]
    [InlineData(9, 25_600)]
    [InlineData(10, 30_000)]
    [InlineData(11, 30_000)]
    [InlineData(int.MaxValue, 30_000)]
    public void Each_failure_doubles_the_wait_up_to_thirty_seconds_and_no_two_pools_wait_alike(int failures, double milliseconds)
    {
        var waits = Enumerable.Range(0, 1000).Select(_ => Backoff.After(failures).TotalMilliseconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, milliseconds / 2, milliseconds));
        Assert.True(waits.Distinct().Count() > 900);
    }
}
