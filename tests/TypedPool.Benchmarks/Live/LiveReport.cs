using System.Globalization;
using System.Text;
using TypedPool.Benchmarks.Reports;

namespace TypedPool.Benchmarks.Live;

/// <summary>What a run has measured of running calls.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="CancelMilliseconds">From a cancellation to the free worker, each trial.</param>
/// <param name="Figures">What was compared.</param>
/// <param name="StreamMemory">What both sides held all the way through a stream.</param>
internal sealed record LiveReport(
    Machine Machine, IReadOnlyList<double> CancelMilliseconds, IReadOnlyList<PoolFigure> Figures, IReadOnlyList<MemorySample> StreamMemory) : IReport
{
    public string Table()
    {
        double[] sorted = [.. CancelMilliseconds.Order()];
        var table = new StringBuilder();
        table.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"From a cancellation to the free worker, {sorted.Length} trials: median {sorted[sorted.Length / 2]:F1} ms, p99 {sorted[(int)(sorted.Length * 0.99) - 1]:F1} ms, at most {sorted[^1]:F1} ms."));
        table.AppendLine();
        table.AppendLine("| measured | median (95 % interval) | against | median | ratio (95 % interval) | aim |");
        table.AppendLine("|---|---|---|---|---|---|");
        foreach (var each in Figures)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{each.Row} {each.Aim} |");
        }

        table.AppendLine();
        table.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Memory over {StreamMemory[^1].Items:N0} items: host's heap {Megabytes(it => it.HostHeapBytes)}; worker {Megabytes(it => it.WorkerResidentBytes)}."));
        return table.ToString();
    }

    private string Megabytes(Func<MemorySample, long> bytes)
    {
        const double Megabyte = 1e6;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bytes(StreamMemory[0]) / Megabyte:F2} MB before, at most {StreamMemory.Max(bytes) / Megabyte:F2} MB, {bytes(StreamMemory[^1]) / Megabyte:F2} MB at the end");
    }
}
