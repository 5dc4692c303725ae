using System.Runtime.InteropServices;

namespace TypedPool.Benchmarks.Large;

/// <summary>Large values there and back, each against the same bytes in a process that does nothing but read all of them and write them back.</summary>
/// <param name="pairs">How many pairs of rounds are kept of each.</param>
internal sealed class LargeFigures(int pairs)
{
    private const int Numbers = 1_000_000;

    /// <summary>What one round moves at least, so that a round takes milliseconds.</summary>
    private const int BytesInRound = 8_000_000;

    private const int MostInRound = 500;

    private const int WarmUpPairs = 5;

    /// <summary>Measures them all.</summary>
    /// <param name="numPy">A Python that has NumPy, or null: then arrays are not measured.</param>
    /// <returns>The figures.</returns>
    internal async Task<IReadOnlyList<PoolFigure>> MeasureAsync(string? numPy)
    {
        var numbers = Enumerable.Range(0, Numbers).Select(i => i / 7.0).ToArray();
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
        var measured = new List<PoolFigure>
        {
            await CompareAsync(LargeCalls.Text(new string('x', 64)), new byte[64], "64 B"),
            await CompareAsync(LargeCalls.Bytes(new byte[64]), new byte[64], "64 B"),
            await CompareAsync(LargeCalls.Bytes(new byte[1_000_000]), new byte[1_000_000], "1 MB"),
            await CompareAsync(LargeCalls.Bytes(new byte[100_000_000]), new byte[100_000_000], "100 MB"),
            await CompareAsync(LargeCalls.Json(numbers), bytes, $"{Numbers:N0}"),
            await CompareAsync(LargeCalls.Packed(numbers), bytes, $"{Numbers:N0}"),
        };
        if (numPy is not null)
        {
            measured.Add(await CompareAsync(LargeCalls.Array(numbers, numPy), bytes, $"{Numbers:N0}"));
        }

        return measured;
    }

    private async Task<PoolFigure> CompareAsync(LargeCall contender, byte[] bytes, string size)
    {
        await using var limit = new WholeEcho(bytes);
        await using var call = contender;
        await limit.StartAsync();
        await call.StartAsync();
        var times = Math.Clamp(BytesInRound / bytes.Length, 1, MostInRound);
        Func<Task<double>> ofLimit = () => Rounds.TimeAsync(limit, times);
        Func<Task<double>> ofCall = () => Rounds.TimeAsync(call, times);
        await Rounds.PairsAsync(ofLimit, ofCall, WarmUpPairs);
        var measured = await Rounds.PairsAsync(ofLimit, ofCall, pairs);
        return new PoolFigure($"{size} as {call.Name}", limit.Name, "", await Rounds.AllocatedAsync(call, times), measured);
    }
}
