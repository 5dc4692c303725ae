using TypedPool.Benchmarks.Live;

namespace TypedPool.Benchmarks.Scale;

/// <summary>Whether anything grows with the number of calls, callers, sessions or workers, or while nothing happens.</summary>
internal static class ScaleFigures
{
    private const int Calls = 1_000_000;
    private const int CallsOfSample = 100_000;
    private const int Callers = 10_000;
    private const int Sessions = 1_000;
    private const int Workers = 64;
    private const int CallsOfRound = 2_000;
    private const int WarmUpPairs = 3;
    private const int IdleSamples = 10;

    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly string Text = new('x', 64);

    /// <summary>Measures all.</summary>
    /// <param name="machine">What it runs on.</param>
    /// <param name="pairs">How many pairs of rounds are kept of each ratio.</param>
    /// <param name="idle">For how long nothing happens.</param>
    /// <returns>The figures.</returns>
    internal static async Task<ScaleReport> MeasureAsync(Reports.Machine machine, int pairs, TimeSpan idle)
    {
        await using var few = await StartAsync(2);
        await using var many = await StartAsync(Workers);
        PoolFigure[] figures =
        [
            await CompareAsync($"a call, {Workers} workers", () => OneAfterAnotherAsync(many, _ => null), "a call, 2 workers", () => OneAfterAnotherAsync(few, _ => null), pairs),
            await CompareAsync($"a call, {Sessions:N0} sessions in turn", () => OneAfterAnotherAsync(few, Session), "a call, one session", () => OneAfterAnotherAsync(few, _ => Session(0)), pairs),
            await CompareAsync($"a call, {Callers:N0} callers", () => AtOnceAsync(few, Callers), "a call, 100 callers", () => AtOnceAsync(few, 100), pairs),
        ];
        return new ScaleReport(machine, figures, await AllAtOnceAsync(few), await IdleAsync(many, idle));
    }

    private static Task<PythonPool> StartAsync(int workers) =>
        LivePools.StartAsync("live_benchmarks", options => (options.Size, options.QueueLimit, options.CheckoutTimeout) = (workers, Callers, Timeout.InfiniteTimeSpan));

    /// <summary>A million calls of ten thousand callers in a thousand sessions.</summary>
    private static async Task<IReadOnlyList<ResourceSample>> AllAtOnceAsync(PythonPool pool)
    {
        var samples = new List<ResourceSample>();
        var began = Clock.GetTimestamp();
        for (var done = 0L; done < Calls; done += CallsOfSample)
        {
            await CallAsync(pool, Callers, CallsOfSample, Session);
            samples.Add(ResourceSample.Take(pool, done + CallsOfSample, Clock.GetElapsedTime(began)));
        }

        return samples;
    }

    private static async Task<IReadOnlyList<ResourceSample>> IdleAsync(PythonPool pool, TimeSpan idle)
    {
        var samples = new List<ResourceSample>();
        var began = Clock.GetTimestamp();
        samples.Add(ResourceSample.Take(pool, 0, TimeSpan.Zero));
        for (var i = 0; i < IdleSamples; i++)
        {
            await Task.Delay(idle / IdleSamples, Clock);
            samples.Add(ResourceSample.Take(pool, 0, Clock.GetElapsedTime(began)));
        }

        return samples;
    }

    private static CallOptions Session(int number) => new() { Session = $"session {number % Sessions}" };

    private static Task<double> OneAfterAnotherAsync(PythonPool pool, Func<int, CallOptions?> options) => LiveFigures.TimeAsync(CallsOfRound, async () =>
    {
        for (var i = 0; i < CallsOfRound; i++)
        {
            await pool.InvokeAsync(LivePools.Echo, Text, options(i));
        }
    });

    private static Task<double> AtOnceAsync(PythonPool pool, int callers) =>
        LiveFigures.TimeAsync(2 * Callers, () => CallAsync(pool, callers, 2 * Callers, _ => null));

    /// <summary>So many callers at once have so many calls between them.</summary>
    private static Task CallAsync(PythonPool pool, int callers, int calls, Func<int, CallOptions?> options)
    {
        var left = calls;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(async number =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await pool.InvokeAsync(LivePools.Echo, Text, options(number));
            }
        }));
    }

    private static Task<PoolFigure> CompareAsync(string name, Func<Task<double>> contender, string against, Func<Task<double>> limit, int pairs) =>
        LiveFigures.CompareAsync(name, contender, against, limit, "about 1", pairs, WarmUpPairs);
}
