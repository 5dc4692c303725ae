using TypedPool.Benchmarks.Peers;

namespace TypedPool.Benchmarks.Workloads;

/// <summary>What every contender is given to do.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Operations">How many operations are a round.</param>
/// <param name="Operation">Makes a caller's operation; null where a contender has none.</param>
internal sealed record Workload(string Name, int Operations, Func<IPeer, Func<Task>?> Operation)
{
    /// <summary>How many processes do the work.</summary>
    internal int Workers { get; init; } = 1;

    /// <summary>How many callers there are, each with one call at a time.</summary>
    internal int Callers { get; init; } = 1;

    /// <summary>How many items an operation is made of; the time of one is reported.</summary>
    internal int Items { get; init; } = 1;

    /// <summary>Whether it is the start that is measured, and then one operation.</summary>
    internal bool IsStart { get; init; }

    /// <summary>All of them.</summary>
    /// <returns>In the order in which they are measured.</returns>
    internal static IReadOnlyList<Workload> All()
    {
        var numbers = Numbers(1_000_000);
        var thousand = Numbers(1_000);
        return
        [
            .. ((int[])[64, 1_000, 10_000]).Select(size => new Workload($"one caller, {size:N0} B of text", 300, peer => peer.Echo(Text(size)))),
            .. ((int[])[16, 256]).Select(callers => new Workload($"{callers} callers, 64 B of text", callers * 40, peer => peer.Echo(Text(64))) { Callers = callers }),
            .. ((int[])[1, 2]).Select(workers => new Workload($"8 callers, primes below 5,000, workers: {workers}", 32, peer => peer.Primes(5_000)) { Callers = 8, Workers = workers }),
            new Workload("1,000 floats there and back", 100, peer => peer.Floats(thousand)),
            new Workload("1,000,000 floats there and back", 1, peer => peer.Floats(numbers)),
            new Workload("1 MB of bytes there and back", 20, peer => peer.Bytes(Data(1_000_000))),
            new Workload("100 MB of bytes there and back", 1, peer => peer.Bytes(Data(100_000_000))),
            new Workload("an item of a stream of 10,000 numbers", 3, peer => peer.Numbers(10_000)) { Items = 10_000 },
            new Workload("start of a worker, up to its first answer", 1, peer => peer.Echo(Text(64))) { IsStart = true },
        ];
    }

    private static string Text(int size) => new('x', size);

    private static double[] Numbers(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static byte[] Data(int size)
    {
        var data = new byte[size];
        new Random(size).NextBytes(data);
        return data;
    }
}
