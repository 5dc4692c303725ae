using System.Globalization;
using System.Text;
using TypedPool.Benchmarks.Reports;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks.Forks;

/// <summary>What a run has measured of forked workers.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Imported">What their module imports.</param>
/// <param name="Figures">What it measured.</param>
internal sealed record ForkReport(Machine Machine, string Imported, IReadOnlyList<ForkFigure> Figures) : IReport
{
    private const double Millisecond = 1_000;
    private const int Warm = 2;
    private const int Trials = 200;

    /// <summary>Measures.</summary>
    /// <param name="machine">What it runs on.</param>
    /// <param name="pairs">How many pairs of spawned and forked starts.</param>
    /// <param name="python">The Python to run; null for the one that a pool finds.</param>
    /// <returns>The report.</returns>
    internal static async Task<ForkReport> MeasureAsync(Machine machine, int pairs, string? python)
    {
        await using var spawned = await GrowingPool.StartAsync(PoolLaunch.Spawn, python);
        await using var forked = await GrowingPool.StartAsync(PoolLaunch.ForkServer, python);
        var figures = new List<ForkFigure>();
        foreach (var workers in (int[])[1, 8])
        {
            await Rounds.PairsAsync(() => spawned.TimeAsync(workers), () => forked.TimeAsync(workers), Warm);
            var measured = await Rounds.PairsAsync(() => spawned.TimeAsync(workers), () => forked.TimeAsync(workers), pairs);
            var alone = new List<double>(Trials);
            while (alone.Count < Trials)
            {
                alone.Add(await forked.TimeAsync(workers));
            }

            figures.Add(new ForkFigure(workers, measured, alone));
        }

        return new ForkReport(machine, await forked.WhatAsync(), figures);
    }

    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"The module imports {Imported}.");
        table.AppendLine();
        table.AppendLine("| workers at once | spawned | forked, in turns with these | forked alone | 99 of 100 |");
        table.AppendLine("|---|---|---|---|---|");
        foreach (var each in Figures)
        {
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {each.Workers} | {Shown(each.SpawnedTime)} | {Shown(each.ForkedTime)} | {Shown(each.ForkedAlone)} | {each.ForkedAlone99 / Millisecond:F1} ms |"));
        }

        return table.ToString();
    }

    private static string Shown(MedianInterval time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.Median / Millisecond:F1} ms ({time.Low / Millisecond:F1} to {time.High / Millisecond:F1})");
}
