using System.Text.Json;
using TypedPool.Serialization;

namespace TypedPool.Benchmarks.Forks;

/// <summary>A pool of one worker that gets more, and lets them go again. Its module takes long to import.</summary>
internal sealed class GrowingPool : IAsyncDisposable
{
    private readonly PythonPool _pool;

    private GrowingPool(PythonPool pool) => _pool = pool;

    /// <summary>Starts a pool.</summary>
    /// <param name="launch">How its workers are started.</param>
    /// <param name="python">The Python to run; null for the one that a pool finds.</param>
    /// <returns>The pool, its first worker ready.</returns>
    internal static async Task<GrowingPool> StartAsync(PoolLaunch launch, string? python) => new(await PythonPool.StartAsync(new PythonPoolOptions
    {
        Module = "forking_benchmarks",
        SearchPaths = { "python" },
        PythonPath = python,
        Size = 1,
        Overflow = 0,
        ThreadsPerWorker = 1,
        StartTimeout = TimeSpan.FromMinutes(5),
        Launch = launch,
    }));

    /// <summary>What its module imports.</summary>
    /// <returns>The libraries.</returns>
    internal async Task<string> WhatAsync() => (await _pool.InvokeAsync(
        new PythonCommand<object, JsonElement>("what", (writer, value) => JsonSerializer.Serialize(writer, value), JsonRead.Element), new { })).GetString()!;

    /// <summary>Starts workers, side by side.</summary>
    /// <param name="count">How many.</param>
    /// <returns>How long it took until all were ready, in microseconds.</returns>
    internal async Task<double> TimeAsync(int count)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        await _pool.ResizeAsync(1 + count);
        var time = clock.GetElapsedTime(began).TotalMicroseconds;
        await _pool.ResizeAsync(1);
        return time;
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
