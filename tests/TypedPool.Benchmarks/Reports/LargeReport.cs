using System.Globalization;
using System.Text;

namespace TypedPool.Benchmarks.Reports;

/// <summary>What a run has measured of large values.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Figures">What it measured.</param>
internal sealed record LargeReport(Machine Machine, IReadOnlyList<PoolFigure> Figures) : IReport
{
    private const double Microseconds = 1_000;
    private const double Megabyte = 1_000_000;

    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("| there and back | the same bytes | raw | TypedPool (95 % interval) | ratio (95 % interval) | allocated, host |");
        table.AppendLine("|---|---|---|---|---|---|");
        foreach (var each in Figures)
        {
            var (time, limit, ratio) = (each.ContenderTime, each.LimitTime, each.Ratio);
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {each.Contender} | {each.Limit} | {Time(limit.Median)} | {Time(time.Median)} ({Time(time.Low)} to {Time(time.High)}) | {ratio.Median:F2} ({ratio.Low:F2} to {ratio.High:F2}) | {Size(each.AllocatedBytes)} |"));
        }

        return table.ToString();
    }

    private static string Time(double microseconds) => microseconds switch
    {
        < Microseconds => string.Create(CultureInfo.InvariantCulture, $"{microseconds:F1} µs"),
        < 100 * Microseconds => string.Create(CultureInfo.InvariantCulture, $"{microseconds / Microseconds:F1} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / Microseconds:N0} ms"),
    };

    private static string Size(double bytes) => bytes < Megabyte / 100
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:F1} MB");
}
