using System.Diagnostics;

namespace TypedPool.Benchmarks.Live;

/// <summary>The figures of streams: items against calls, and what they cost in memory.</summary>
internal static class StreamFigures
{
    private const string Module = "streaming_benchmarks";
    private const int Items = 1_000_000;
    private const int CallsAgainst = 2_000;
    private const int WarmUps = 3;
    private const int Samples = 20;

    /// <summary>An item of a result that is a stream, against a call that returns it.</summary>
    /// <param name="pairs">How many pairs of rounds are kept.</param>
    /// <returns>The figure.</returns>
    internal static async Task<PoolFigure> ResultAsync(int pairs)
    {
        await using var pool = await LivePools.StartAsync(Module);
        return await LiveFigures.CompareAsync(
            "an item that a generator yields, of 1,000,000",
            () => LiveFigures.TimeAsync(Items, () => ReadAsync(pool, _ => { })),
            "a call that returns one",
            () => LiveFigures.TimeAsync(CallsAgainst, () => CallAsync(pool)),
            "at most 1/10 (0.1) of the time",
            pairs,
            WarmUps);
    }

    /// <summary>An item of a parameter that is a stream, against a call that takes it.</summary>
    /// <param name="pairs">How many pairs of rounds are kept.</param>
    /// <returns>The figure.</returns>
    internal static async Task<PoolFigure> ParameterAsync(int pairs)
    {
        await using var pool = await LivePools.StartAsync(Module);
        return await LiveFigures.CompareAsync(
            "an item that a command reads, of 1,000,000",
            () => LiveFigures.TimeAsync(Items, () => pool.InvokeAsync(LivePools.Total, AsyncEnumerable.Range(0, Items))),
            "a call that takes one",
            () => LiveFigures.TimeAsync(CallsAgainst, () => CallAsync(pool)),
            "at most 1/10 (0.1) of the time",
            pairs,
            WarmUps);
    }

    /// <summary>Looks at the memory of both sides all the way through a stream.</summary>
    /// <returns>The samples, the first before the first item.</returns>
    internal static async Task<IReadOnlyList<MemorySample>> MemoryAsync()
    {
        await using var pool = await LivePools.StartAsync(Module);
        await ReadAsync(pool, _ => { });
        using var worker = Process.GetProcessById(pool.GetStatus().Workers[0].ProcessId!.Value);
        var samples = new List<MemorySample>(Samples + 1) { Sample(worker, 0) };
        await ReadAsync(pool, read =>
        {
            if (read % (Items / Samples) == 0)
            {
                samples.Add(Sample(worker, read));
            }
        });
        return samples;
    }

    private static MemorySample Sample(Process worker, int items)
    {
        worker.Refresh();
        return new MemorySample(items, GC.GetTotalMemory(forceFullCollection: true), worker.WorkingSet64);
    }

    private static async Task ReadAsync(PythonPool pool, Action<int> read)
    {
        var expected = 0;
        await foreach (var item in pool.StreamAsync(LivePools.Count, Items))
        {
            if (item != expected++)
            {
                throw new InvalidOperationException($"{item} came in place of {expected - 1}.");
            }

            read(expected);
        }
    }

    private static async Task CallAsync(PythonPool pool)
    {
        for (var number = 0; number < CallsAgainst; number++)
        {
            await pool.InvokeAsync(LivePools.Same, number);
        }
    }
}
