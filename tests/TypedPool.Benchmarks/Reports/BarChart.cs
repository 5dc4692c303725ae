using System.Globalization;
using System.Text;
using TypedPool.Benchmarks.Peers;
using TypedPool.Benchmarks.Workloads;

namespace TypedPool.Benchmarks.Reports;

/// <summary>Draws a workload as an SVG picture: a bar a contender, its length the median time.</summary>
internal static class BarChart
{
    private const int Width = 720;
    private const int Names = 130;
    private const int Figures = 190;
    private const int Bar = 18;
    private const int Line = 30;
    private const int Head = 44;

    // Readable on a light page as well as on a dark one.
    private const string Style =
        "text{font:13px system-ui,sans-serif;fill:#24292f}.bar{fill:#8c959f}.own{fill:#2f81f7}.title{font-weight:600}"
        + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}}";

    /// <summary>Draws a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <returns>The picture.</returns>
    internal static string Of(WorkloadResult workload)
    {
        var contenders = workload.Contenders.OrderBy(each => each.Time.Median).ToArray();
        var longest = contenders.Max(each => each.Time.Median);
        var height = Head + (Line * contenders.Length) + 8;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Escaped(Description(workload, contenders))}\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<style>{Style}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"0\" y=\"22\">{Escaped(workload.Name)}: time of a call, less is better</text>\n");
        for (var i = 0; i < contenders.Length; i++)
        {
            var each = contenders[i];
            var top = Head + (i * Line);
            var length = Math.Max(1, each.Time.Median / longest * (Width - Names - Figures));
            var kind = each.Name == Contestants.Own ? "own" : "bar";
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Names - 8}\" y=\"{top + 14}\" text-anchor=\"end\">{Escaped(each.Name)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{Names}\" y=\"{top}\" width=\"{length:F1}\" height=\"{Bar}\" rx=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Names + length + 8:F1}\" y=\"{top + 14}\">{Escaped(Figure(workload, each))}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Figure(WorkloadResult workload, ContenderResult each)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{each.Time.Median:N0} µs");
        return each.Name != Contestants.Own && workload.Ratio(each, Contestants.Own) is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $"{time} ({ratio.Median:F1} × TypedPool)")
            : time;
    }

    private static string Description(WorkloadResult workload, IEnumerable<ContenderResult> contenders) =>
        $"{workload.Name}: " + string.Join(", ", contenders.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Name} {each.Time.Median:N0} µs")));

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);
}
