using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace QuickStart;

/// <summary>How things look. In a file or a pipe there are no colours and no progress bar.</summary>
internal static class Screen
{
    private const string Steps = "▁▂▃▄▅▆▇█";

    internal static void Title(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());
    }

    internal static void Line(FormattableString text) => AnsiConsole.WriteLine(text.ToString(CultureInfo.CurrentCulture));

    internal static void Show(IRenderable part) => AnsiConsole.Write(part);

    internal static void Failure(string exception, string message) =>
        AnsiConsole.MarkupLineInterpolated(CultureInfo.CurrentCulture, $"[red]{exception}[/]: {message}");

    /// <summary>A row of bars, one for each share from 0 to 1.</summary>
    internal static void Sparkline(IEnumerable<double> shares) =>
        AnsiConsole.WriteLine(string.Concat(shares.Select(share => Steps[(int)Math.Clamp(share * Steps.Length, 0, Steps.Length - 1)])));

    /// <summary>Runs work of so many steps; it calls its argument after each.</summary>
    internal static async Task<T> WithProgressAsync<T>(string title, int steps, Func<Action, Task<T>> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            return await work(static () => { });
        }

        return await AnsiConsole.Progress().StartAsync(progress =>
        {
            var bar = progress.AddTask(title, maxValue: steps);
            return work(() => bar.Increment(1));
        });
    }
}
