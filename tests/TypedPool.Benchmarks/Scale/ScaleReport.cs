using System.Globalization;
using System.Text;
using TypedPool.Benchmarks.Reports;

namespace TypedPool.Benchmarks.Scale;

/// <summary>What a run has measured of many calls, callers, sessions and workers.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Figures">What a call costs with many of something, against with few.</param>
/// <param name="Calls">What both sides held after so many calls.</param>
/// <param name="Idle">What they held while nothing happened.</param>
internal sealed record ScaleReport(Machine Machine, IReadOnlyList<PoolFigure> Figures, IReadOnlyList<ResourceSample> Calls, IReadOnlyList<ResourceSample> Idle) : IReport
{
    private const double Megabyte = 1e6;

    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("| measured | median (95 % interval) | against | median | ratio (95 % interval) |");
        table.AppendLine("|---|---|---|---|---|");
        foreach (var each in Figures)
        {
            table.AppendLine(each.Row);
        }

        Append(table, "calls", Calls, each => string.Create(CultureInfo.InvariantCulture, $"{each.Calls:N0}"));
        Append(table, "seconds of rest", Idle, each => string.Create(CultureInfo.InvariantCulture, $"{each.Seconds:F0}"));
        return table.ToString();
    }

    private static void Append(StringBuilder table, string after, IReadOnlyList<ResourceSample> samples, Func<ResourceSample, string> name)
    {
        table.AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"| after {after} | s | managed heap | host in RAM | workers in RAM | open files, host | open files, workers |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var each in samples)
        {
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name(each)} | {each.Seconds:F0} | {each.HeapBytes / Megabyte:F2} MB | {each.HostBytes / Megabyte:F1} MB | {each.WorkersBytes / Megabyte:F1} MB | {each.Descriptors} | {each.WorkersDescriptors} |"));
        }
    }
}
