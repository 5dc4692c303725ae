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
            table.AppendLine(CultureInfo.InvariantCulture, $"{each.Row} {each.AllocatedBytes:F0} B | {each.Aim} |");
        }

        return table.ToString();
    }
}
