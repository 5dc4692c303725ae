using TypedPool.Tests.Runtime;
using TypedPool.Tests.Typed.AsyncArrays;
using Xunit;

namespace TypedPool.Tests.Typed.Arrays;

/// <summary>NumPy's arrays of calls that one worker runs at the same time.</summary>
public sealed class AsyncArrayTests
{
    [Fact]
    public async Task Arrays_of_calls_at_the_same_time_are_their_own()
    {
        await using var pool = await AsyncArrayCommands.StartAsync(new PythonPoolOptions
        {
            Module = "typed_async_arrays",
            SearchPaths = { "python" },
            PythonPath = NumPy.Path,
            Size = 1,
            Overflow = 0,
            Launch = Pools.Launch,
            CallsPerWorker = 8,
        });
        var commands = new AsyncArrayCommands(pool);

        await Task.WhenAll(Enumerable.Range(1, 24).Select(async i =>
        {
            var values = NdArray.FromArray(Enumerable.Repeat((double)i, i * 4_001).ToArray(), i, 4_001);

            var doubled = await commands.DoubleAsync(values);
            var sum = await commands.AddAsync(values, doubled);

            Assert.Equal([i, 4_001], sum.Shape.ToArray());
            Assert.Equal((2.0 * i, 3.0 * i), (doubled.Span[^1], sum.Span[0]));
            Assert.False(sum.Span.ContainsAnyExcept(3.0 * i));
        }));

        Assert.Single(pool.GetStatus().Workers);
    }
}
