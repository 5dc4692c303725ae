using Spectre.Console;

namespace QuickStart;

/// <summary>Summarises a table.</summary>
internal static class Weather
{
    internal static async Task CompareAsync(IPythonCommands commands, string path, CancellationToken stop)
    {
        Screen.Title("A table, by groups");

        // In Python `order` is a Literal["group", "count", "mean"]; here it is an enum, and a slip does not compile.
        var groups = await commands.SummarizeTableAsync(
            path, groupBy: "weather", value: "temp_max", order: SummarizeTableOrder.Mean, descending: true, cancellationToken: stop);

        Screen.Line($"A day's highest temperature by its weather, mean of {groups.Sum(group => group.Count):N0} days in °C:");
        var chart = new BarChart { MaxValue = groups.Max(group => group.Mean) * 1.5 };
        foreach (var group in groups)
        {
            chart.AddItem($"{group.Group} ({group.Count:N0})", Math.Round(group.Mean, 1), Color.Aqua);
        }

        Screen.Show(chart);
    }
}
