using System.Text.Json;
using TypedPool.Benchmarks.Peers;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks;

/// <summary>What Python's side measures of itself: the making of arguments.</summary>
internal static class PythonConversion
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Runs the measurement.</summary>
    /// <param name="pairs">How many pairs of rounds.</param>
    /// <param name="python">The Python.</param>
    /// <returns>What was measured; nothing is known of allocations.</returns>
    /// <exception cref="InvalidOperationException">Python's side fails.</exception>
    internal static async Task<IReadOnlyList<Comparison>> MeasureAsync(int pairs, string python)
    {
        var (isGood, line) = await PythonScript.RunAsync(python, ["conversion.py", "--pairs", $"{pairs}"]);
        var rows = isGood ? JsonSerializer.Deserialize<Row[]>(line, Web)! : throw new InvalidOperationException(line);
        return [.. rows.Select(row => new Comparison(
            row.Limit, row.Contender, row.Bytes, row.Bytes, 0, 0, [.. row.Pairs.Select(pair => new Pair(pair[0], pair[1]))]))];
    }

    private sealed record Row(string Limit, string Contender, int Bytes, double[][] Pairs);
}
