using System.Globalization;
using System.Text;
using TypedPool.Benchmarks.Reports;

namespace TypedPool.Benchmarks.Promises;

/// <summary>What a run has measured of the times that are promised.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Times">What it measured.</param>
internal sealed record PromisesReport(Machine Machine, IReadOnlyList<PromisedTime> Times) : IReport
{
    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("| measured | trials | median | p99 | at most | aim of the p99 | |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var each in Times)
        {
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {each.What} | {each.Milliseconds.Count} | {each.Median:F1} ms | {each.P99:F1} ms | {each.Most:F1} ms | {each.AimMilliseconds:F0} ms | {(each.IsKept ? "kept" : "**missed**")} |"));
        }

        return table.ToString();
    }
}
