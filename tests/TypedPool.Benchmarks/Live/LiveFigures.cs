using TypedPool.Benchmarks.Reports;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks.Live;

/// <summary>The figures of running calls: cancelled, many at once, calling back, and streaming.</summary>
internal static class LiveFigures
{
    private const int Calls = 500;
    private const int Trials = 200;
    private const int WarmUpPairs = 20;
    private const int AtOnce = 100;

    /// <summary>What is to be told to two per cent takes so many times as many pairs, of shorter rounds: single calls differ by half.</summary>
    private const int MorePairs = 100;
    private const int ShortRound = 100;

    /// <summary>What is to be told so exactly of two modules is measured of so many processes of each.</summary>
    private const int Starts = 24;

    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly string Text = new('x', 64);

    /// <summary>Measures them all.</summary>
    /// <param name="machine">What it runs on.</param>
    /// <param name="pairs">How many pairs of rounds are kept of each ratio.</param>
    /// <returns>The figures.</returns>
    internal static async Task<LiveReport> MeasureAsync(Machine machine, int pairs) => new(
        machine,
        await CancelAsync(),
        [
            await MachineryAsync(pairs),
            await StreamMachineryAsync(pairs),
            await HostAsync(pairs),
            await ManyAsync(pairs),
            await StreamFigures.ResultAsync(pairs),
            await StreamFigures.ParameterAsync(pairs),
        ],
        await StreamFigures.MemoryAsync());

    /// <summary>From the cancellation to the end of the call, when its worker is free: each trial in milliseconds.</summary>
    private static async Task<IReadOnlyList<double>> CancelAsync()
    {
        await using var pool = await LivePools.StartAsync("live_benchmarks");
        var trials = new List<double>(Trials);
        for (var i = 0; i < Trials; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var call = pool.InvokeAsync(LivePools.Work, default, new CallOptions { Progress = new Signal(begun) }, cancellation.Token);
            await begun.Task;
            var from = Clock.GetTimestamp();
            await cancellation.CancelAsync();
            await call;
            trials.Add(Clock.GetElapsedTime(from).TotalMilliseconds);
        }

        return trials;
    }

    /// <summary>
    /// Both on one worker: where things come to lie in the memory of a process makes it faster or slower than another one of
    /// the same program, by more than what is to be told here.
    /// </summary>
    private static async Task<PoolFigure> MachineryAsync(int pairs)
    {
        await using var pool = await LivePools.StartAsync("watched_benchmarks");
        return await CompareAsync(
            "a call that can be cancelled",
            () => WatchedEchoAsync(pool, isWatched: true),
            "a call of the same worker while it does not look for that",
            () => WatchedEchoAsync(pool, isWatched: false),
            "at most 1.02 times",
            MorePairs * pairs);
    }

    private static async Task<double> WatchedEchoAsync(PythonPool pool, bool isWatched)
    {
        await pool.InvokeAsync(LivePools.Watch, isWatched);

        // Python compiles for what it meets.
        await EchoAsync(pool, ShortRound);
        return await EchoAsync(pool, ShortRound);
    }

    private static async Task<PoolFigure> StreamMachineryAsync(int pairs) => new(
        "a plain call in a module with streams", "the same call in a module without", "at most 1.02 times", AllocatedBytes: 0,
        await EchoesAsync("streaming_benchmarks", "live_benchmarks", pairs));

    /// <summary>Compares the same call in two modules: a pair for each start of both, of the medians of so many rounds.</summary>
    private static async Task<IReadOnlyList<Pair>> EchoesAsync(string contenderModule, string limitModule, int pairs)
    {
        var medians = new List<Pair>(Starts);
        for (var i = 0; i < Starts; i++)
        {
            // Neither is always the older one.
            await using var first = await LivePools.StartAsync(i % 2 == 0 ? limitModule : contenderModule);
            await using var second = await LivePools.StartAsync(i % 2 == 0 ? contenderModule : limitModule);
            var (limit, contender) = i % 2 == 0 ? (first, second) : (second, first);
            await Rounds.PairsAsync(() => EchoAsync(limit), () => EchoAsync(contender), WarmUpPairs);
            var measured = await Rounds.PairsAsync(() => EchoAsync(limit), () => EchoAsync(contender), pairs);
            medians.Add(new Pair(MedianInterval.Of(measured.Select(pair => pair.Limit)).Median, MedianInterval.Of(measured.Select(pair => pair.Contender)).Median));
        }

        return medians;
    }

    private static async Task<PoolFigure> HostAsync(int pairs)
    {
        await using var pool = await LivePools.StartAsync("live_benchmarks");
        return await CompareAsync(
            "a function of the host, called and answered",
            () => TimeAsync(Calls, () => pool.InvokeAsync(LivePools.Ask, (Text, Calls))),
            "a call of a command with the same text",
            () => EchoAsync(pool),
            "at most 1.5 times",
            pairs);
    }

    private static async Task<PoolFigure> ManyAsync(int pairs)
    {
        const int WarmUps = 1;
        const int OneByOne = 10;
        await using var limit = await LivePools.StartAsync("waiting_benchmarks");
        await using var contender = await LivePools.StartAsync("waiting_benchmarks", options => options.CallsPerWorker = AtOnce);
        return await CompareAsync(
            "a call that waits 50 ms, CallsPerWorker = 100",
            () => TimeAsync(5 * AtOnce, () => ManyAsync(contender, AtOnce, 5)),
            "the same, CallsPerWorker = 1",
            () => TimeAsync(OneByOne, () => ManyAsync(limit, 1, OneByOne)),
            "at most 1/90 (0.0111) of the time a call",
            pairs,
            WarmUps);
    }

    /// <summary>So many callers at once, each of whom calls so often.</summary>
    private static Task ManyAsync(PythonPool pool, int callers, int times) => Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
    {
        for (var i = 0; i < times; i++)
        {
            await pool.InvokeAsync(LivePools.Wait, default);
        }
    }));

    private static Task<double> EchoAsync(PythonPool pool, int calls = Calls) => TimeAsync(calls, async () =>
    {
        for (var i = 0; i < calls; i++)
        {
            await pool.InvokeAsync(LivePools.Echo, Text);
        }
    });

    /// <summary>Times operations.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="run">Runs them all.</param>
    /// <returns>The mean time of one, in microseconds.</returns>
    internal static async Task<double> TimeAsync(int operations, Func<Task> run)
    {
        var began = Clock.GetTimestamp();
        await run();
        return Clock.GetElapsedTime(began).TotalMicroseconds / operations;
    }

    /// <summary>Compares two in rounds that take turns.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="contender">A round of it: the mean time of an operation, in microseconds.</param>
    /// <param name="against">What it is held against.</param>
    /// <param name="limit">A round of that.</param>
    /// <param name="aim">What the ratio is to be.</param>
    /// <param name="pairs">How many pairs of rounds are kept.</param>
    /// <param name="warmUps">How many are thrown away before.</param>
    /// <returns>The figure.</returns>
    internal static async Task<PoolFigure> CompareAsync(
        string name, Func<Task<double>> contender, string against, Func<Task<double>> limit, string aim, int pairs, int warmUps = WarmUpPairs)
    {
        await Rounds.PairsAsync(limit, contender, warmUps);
        return new PoolFigure(name, against, aim, AllocatedBytes: 0, await Rounds.PairsAsync(limit, contender, pairs));
    }
}
