using TypedPool.Benchmarks.Live;
using TypedPool.Serialization;

namespace TypedPool.Benchmarks.Promises;

/// <summary>Pools over the commands of these benchmarks, and these commands.</summary>
internal static class PromisePools
{
    internal static PythonCommand<NoResult, NoResult> Hold { get; } = LivePools.WithoutArguments("hold");

    internal static PythonCommand<NoResult, NoResult> HoldTheLock { get; } = LivePools.WithoutArguments("hold_the_lock");

    internal static PythonCommand<NoResult, NoResult> RefuseToEnd { get; } = LivePools.WithoutArguments("refuse_to_end");

    /// <summary>Starts a pool.</summary>
    /// <param name="size">How many workers it has.</param>
    /// <param name="overflow">How many more it may have.</param>
    /// <returns>The pool.</returns>
    internal static Task<PythonPool> StartAsync(int size, int overflow = 0) => PythonPool.StartAsync(new PythonPoolOptions
    {
        Module = "promise_benchmarks",
        SearchPaths = { "python" },
        Size = size,
        Overflow = overflow,
    });
}
