using System.Globalization;
using System.Text;

namespace TypedPool.Benchmarks.Reports;

/// <summary>Everything that a run has measured.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Comparisons">What it measured.</param>
internal sealed record Report(Machine Machine, IReadOnlyList<Comparison> Comparisons) : IReport
{
    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("| payload | limit | median | contender | median | ratio, 95 % interval | allocated | by the limit |");
        table.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var each in Comparisons)
        {
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {each.PayloadBytes} B | {each.Limit} | {each.LimitMedian:F1} µs | {each.Contender} | {each.ContenderMedian:F1} µs | {each.Ratio.Median:F2} ({each.Ratio.Low:F2} to {each.Ratio.High:F2}) | {each.AllocatedBytes:F0} B | {each.LimitAllocatedBytes:F0} B |"));
        }

        return table.ToString();
    }
}
