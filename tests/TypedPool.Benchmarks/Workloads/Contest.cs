using TypedPool.Benchmarks.Peers;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks.Workloads;

/// <summary>Has all contenders do the same, in rounds that take turns: what disturbs the machine disturbs all.</summary>
/// <param name="contestants">Who they are.</param>
/// <param name="rounds">How many rounds of each are kept.</param>
/// <param name="peers">The names of those that take part, divided by semicolons; empty for all.</param>
internal sealed class Contest(Contestants contestants, int rounds, string peers)
{
    /// <summary>Rounds that are thrown away go on for so long, for each contender: by then the code has been compiled for good.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private const int FewestWarmUps = 3;

    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Measures a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <returns>What was measured.</returns>
    internal async Task<WorkloadResult> MeasureAsync(Workload workload)
    {
        var absent = new Dictionary<string, string>(contestants.Missing, StringComparer.Ordinal);
        var running = new List<Running>();
        try
        {
            IEnumerable<Func<IPeer>> makers = workload.IsStart ? contestants.Present.Prepend(contestants.LimitOfStart) : contestants.Present;
            foreach (var make in makers.Where(make => peers.Length == 0 || peers.Split(';').Contains(make().Name, StringComparer.Ordinal)))
            {
                var each = await StartAsync(workload, make);
                if (each.Round is null)
                {
                    absent.Add(each.Name, "does not do this");
                }
                else
                {
                    running.Add(each);
                }
            }

            var began = Clock.GetTimestamp();
            for (var i = 0; !workload.IsStart && (i < FewestWarmUps || Clock.GetElapsedTime(began) < WarmUp * running.Count); i++)
            {
                await RoundAsync(running, i, keep: false);
            }

            for (var i = 0; i < rounds; i++)
            {
                await RoundAsync(running, i, keep: true);
            }

            return new WorkloadResult(workload.Name, workload.Callers, workload.Workers, [.. running.Select(each => each.Result(workload))], absent);
        }
        finally
        {
            foreach (var each in running)
            {
                await each.DisposeAsync();
            }
        }
    }

    /// <summary>Who goes first changes, so that nobody always has the caches of the same predecessor.</summary>
    private static async Task RoundAsync(List<Running> running, int round, bool keep)
    {
        for (var i = 0; i < running.Count; i++)
        {
            var each = running[(i + round) % running.Count];
            var before = GC.GetTotalAllocatedBytes();
            var calls = keep ? each.Calls : [];
            var time = await each.Round!(calls);
            if (keep)
            {
                each.Times.Add(time.TotalMicroseconds);
                each.Allocated.Add(GC.GetTotalAllocatedBytes() - before);
            }
        }
    }

    private static async Task<Running> StartAsync(Workload workload, Func<IPeer> make)
    {
        if (workload.IsStart)
        {
            var sample = make();
            return sample is RawEchoPeer ? new Running(sample.Name, null, null) : new Running(sample.Name, null, _ => StartAndStopAsync(workload, make()));
        }

        if (workload.Callers > 1 && !make().TakesSeveralCallers)
        {
            return new Running(make().Name, null, null);
        }

        var peer = workload.Workers == 1 || make() is TypedPoolPeer ? make() : new SideBySide(make);
        await peer.StartAsync(workload.Workers);
        var callers = Enumerable.Range(0, workload.Callers).Select(_ => workload.Operation(peer)).OfType<Func<Task>>().ToArray();
        if (callers.Length > 0)
        {
            return new Running(peer.Name, peer, calls => CallAsync(callers, workload.Operations, calls));
        }

        await peer.DisposeAsync();
        return new Running(peer.Name, null, null);
    }

    /// <param name="callers">The operation of each caller.</param>
    /// <param name="operations">How many they do together.</param>
    /// <param name="calls">Where several wait for one another, what each operation took is added here, in microseconds.</param>
    private static async Task<TimeSpan> CallAsync(Func<Task>[] callers, int operations, List<double> calls)
    {
        var began = Clock.GetTimestamp();
        if (callers is [var only])
        {
            for (var i = 0; i < operations; i++)
            {
                await only();
            }
        }
        else
        {
            var left = operations;
            var times = new double[operations];
            await Task.WhenAll(callers.Select(async call =>
            {
                for (var i = Interlocked.Decrement(ref left); i >= 0; i = Interlocked.Decrement(ref left))
                {
                    var from = Clock.GetTimestamp();
                    await call();
                    times[i] = Clock.GetElapsedTime(from).TotalMicroseconds;
                }
            }));
            calls.AddRange(times);
        }

        return Clock.GetElapsedTime(began);
    }

    private static async Task<TimeSpan> StartAndStopAsync(Workload workload, IPeer peer)
    {
        await using (peer)
        {
            var began = Clock.GetTimestamp();
            await peer.StartAsync(1);
            await workload.Operation(peer)!();
            return Clock.GetElapsedTime(began);
        }
    }

    /// <summary>A contender in a workload; it has no round where it does not take part.</summary>
    private sealed record Running(string Name, IPeer? Peer, Func<List<double>, Task<TimeSpan>>? Round) : IAsyncDisposable
    {
        internal List<double> Times { get; } = [];

        internal List<double> Allocated { get; } = [];

        internal List<double> Calls { get; } = [];

        internal ContenderResult Result(Workload workload) => new(
            Name,
            [.. Times.Select(time => time / workload.Operations / workload.Items)],
            (long)MedianInterval.Of(Allocated).Median / workload.Operations / workload.Items,
            CallTimes.Of(Calls));

        public ValueTask DisposeAsync() => Peer?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
