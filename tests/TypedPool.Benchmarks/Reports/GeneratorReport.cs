using System.Globalization;
using System.Text;
using TypedPool.Benchmarks.Generator;
using TypedPool.Benchmarks.Statistics;

namespace TypedPool.Benchmarks.Reports;

/// <summary>Everything that was measured of the generator.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Schemas">What was measured of each schema.</param>
internal sealed record GeneratorReport(Machine Machine, IReadOnlyList<GeneratorTimes> Schemas) : IReport
{
    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("| commands | schema | files | cold, 95 % interval | edit of other code | edit of white space |");
        table.AppendLine("|---|---|---|---|---|---|");
        foreach (var each in Schemas)
        {
            var (cold, noOp, space) = each.Medians;
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {each.Commands:N0} | {each.Characters / 1000.0:N0} kB | {each.Files} | {Text(cold)} | {Text(noOp)} | {Text(space)} |"));
        }

        return table.ToString();
    }

    private static string Text(MedianInterval time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Median:F2} ms ({time.Low:F2} to {time.High:F2})");
}
