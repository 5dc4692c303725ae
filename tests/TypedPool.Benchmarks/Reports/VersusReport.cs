using System.Globalization;
using System.Text;
using TypedPool.Benchmarks.Peers;
using TypedPool.Benchmarks.Statistics;
using TypedPool.Benchmarks.Workloads;

namespace TypedPool.Benchmarks.Reports;

/// <summary>What was measured of TypedPool and its peers.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Versions">What the peers are.</param>
/// <param name="Workloads">What was measured of each workload.</param>
internal sealed record VersusReport(Machine Machine, IReadOnlyList<string> Versions, IReadOnlyList<WorkloadResult> Workloads) : IReport
{
    public string Table()
    {
        var table = new StringBuilder();
        foreach (var workload in Workloads)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"**{workload.Name}**");
            table.AppendLine();
            table.AppendLine("| | median (95 % interval) | a second | by raw echo | by TypedPool | allocated a call, host | one call, median and p99 |");
            table.AppendLine("|---|---|---|---|---|---|---|");
            foreach (var each in workload.Contenders)
            {
                table.AppendLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {each.Name} | {Text(each.Time)} | {1e6 / each.Time.Median:N0} | {Text(workload, each, Contestants.Limit)} | {Text(workload, each, Contestants.Own)} | {each.AllocatedBytes:N0} B | {Text(each.Calls)} |"));
            }

            foreach (var (name, why) in workload.Missing)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {why} | | | | | |");
            }

            table.AppendLine();
        }

        return table.ToString();
    }

    private static string Text(WorkloadResult workload, ContenderResult contender, string other) =>
        contender.Name != other && workload.Ratio(contender, other) is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:G3} ({ratio.Low:G3} to {ratio.High:G3})")
            : "";

    private static string Text(CallTimes? calls) => calls is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{calls.Median:N0} µs, {calls.P99:N0} µs ({calls.P99 / calls.Median:F2} times)");

    private static string Text(MedianInterval time) => time.Median switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{time.Median:F1} µs ({time.Low:F1} to {time.High:F1})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Median / 1e3:F1} ms ({time.Low / 1e3:F1} to {time.High / 1e3:F1})"),
    };
}
