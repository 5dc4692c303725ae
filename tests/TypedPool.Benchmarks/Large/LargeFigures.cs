using System.Runtime.InteropServices;
using TypedPool.Benchmarks.Contenders;

namespace TypedPool.Benchmarks.Large;

/// <summary>
/// Large values there and back, each against the same bytes in a process that does nothing but take all of them and give them back:
/// through pipes, and where the call has shared memory through that as well.
/// </summary>
/// <param name="pairs">How many pairs of rounds are kept of each.</param>
/// <param name="only">What the name of a call must contain to be measured.</param>
internal sealed class LargeFigures(int pairs, string only)
{
    private const int Numbers = 1_000_000;

    /// <summary>What one round moves at least, so that a round takes milliseconds.</summary>
    private const int BytesInRound = 8_000_000;

    private const int MostInRound = 500;

    private const int WarmUpPairs = 5;

    private readonly List<PoolFigure> _measured = [];

    /// <summary>Measures them all.</summary>
    /// <param name="numPy">A Python that has NumPy, or null: then arrays are not measured.</param>
    /// <returns>The figures.</returns>
    internal async Task<IReadOnlyList<PoolFigure>> MeasureAsync(string? numPy)
    {
        var numbers = Enumerable.Range(0, Numbers).Select(i => i / 7.0).ToArray();
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
        await CompareAsync(() => LargeCalls.Text(new string('x', 64)), new byte[64], "64 B");
        await CompareAsync(() => LargeCalls.Bytes(new byte[64]), new byte[64], "64 B");
        await CompareAsync(() => LargeCalls.Bytes(new byte[64_000]), new byte[64_000], "64 kB");
        await CompareAsync(() => LargeCalls.Bytes(new byte[128_000]), new byte[128_000], "128 kB", inMemory: true);
        await CompareAsync(() => LargeCalls.Bytes(new byte[1_000_000]), new byte[1_000_000], "1 MB", inMemory: true);
        await CompareAsync(() => LargeCalls.Bytes(new byte[100_000_000]), new byte[100_000_000], "100 MB", inMemory: true);
        await CompareAsync(() => LargeCalls.Json(numbers), bytes, $"{Numbers:N0}");
        await CompareAsync(() => LargeCalls.Packed(numbers), bytes, $"{Numbers:N0}", inMemory: true);
        if (numPy is not null)
        {
            await CompareAsync(() => LargeCalls.Array(numbers, numPy), bytes, $"{Numbers:N0}", inMemory: true);
        }

        return _measured;
    }

    private async Task CompareAsync(Func<LargeCall> make, byte[] bytes, string size, bool inMemory = false)
    {
        if ($"{size} as {make().Name}".Contains(only, StringComparison.Ordinal))
        {
            await CompareAsync(make(), new WholeEcho(bytes), bytes.Length, size);
            if (inMemory && OperatingSystem.IsLinux())
            {
                await CompareAsync(make(), new MemoryEcho(bytes, isNew: false), bytes.Length, size);
                await CompareAsync(make(), new MemoryEcho(bytes, isNew: true), bytes.Length, size);
            }
        }
    }

    private async Task CompareAsync(LargeCall call, IContender limit, int bytes, string size)
    {
        await using var ownLimit = limit;
        await using var ownCall = call;
        await limit.StartAsync();
        await call.StartAsync();
        var times = Math.Clamp(BytesInRound / bytes, 1, MostInRound);
        Func<Task<double>> ofLimit = () => Rounds.TimeAsync(limit, times);
        Func<Task<double>> ofCall = () => Rounds.TimeAsync(call, times);
        await Rounds.PairsAsync(ofLimit, ofCall, WarmUpPairs);
        var measured = await Rounds.PairsAsync(ofLimit, ofCall, pairs);
        _measured.Add(new PoolFigure($"{size} as {call.Name}", limit.Name, "", await Rounds.AllocatedAsync(call, times), measured));
    }
}
