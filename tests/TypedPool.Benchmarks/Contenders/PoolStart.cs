using TypedPool.Benchmarks.Generated;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>The start of a pool, from nothing until all its workers are ready.</summary>
internal static class PoolStart
{
    /// <summary>Starts a pool, and stops it when the clock has stopped.</summary>
    /// <param name="size">How many workers.</param>
    /// <returns>How long the start took, in microseconds.</returns>
    internal static async Task<double> TimeAsync(int size)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        await using var pool = await PythonCommands.StartAsync(
            new PythonPoolOptions { Module = "benchmark_commands", SearchPaths = { "python" }, Size = size, Overflow = 0 });
        return clock.GetElapsedTime(began).TotalMicroseconds;
    }
}
