using System.Globalization;
using System.Text;

namespace TypedPool.Benchmarks.Reports;

/// <summary>What a run has measured of a pool's parts.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Figures">What it measured.</param>
internal sealed record PoolReport(Machine Machine, IReadOnlyList<PoolFigure> Figures) : IReport
{
    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("| measured | median (95 % interval) | against | median | ratio (95 % interval) | allocated | aim |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var each in Figures)
        {
            var (time, limit, ratio) = (each.ContenderTime, each.LimitTime, each.Ratio);
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {each.Contender} | {time.Median:G4} µs ({time.Low:G4} to {time.High:G4}) | {each.Limit} | {limit.Median:G4} µs | {ratio.Median:F3} ({ratio.Low:F3} to {ratio.High:F3}) | {each.AllocatedBytes:F0} B | {each.Aim} |"));
        }

        return table.ToString();
    }
}
