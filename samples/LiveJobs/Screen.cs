using System.Globalization;
using Spectre.Console;
using TypedPool;

namespace LiveJobs;

/// <summary>How things look. In a file or a pipe there are no colours and no progress bar.</summary>
internal static class Screen
{
    internal static void Title(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());
    }

    /// <summary>Writes a line; above the progress bar, where there is one.</summary>
    internal static void Line(FormattableString text) => AnsiConsole.WriteLine(text.ToString(CultureInfo.CurrentCulture));

    internal static void LogLine(string level, string source, string text) =>
        AnsiConsole.MarkupLineInterpolated(CultureInfo.CurrentCulture, $"[grey]{level,-5} {source}: {text}[/]");

    /// <summary>Shows a bar while work runs that reports to it.</summary>
    internal static Task WithProgressAsync(string title, Func<IProgress<CommandProgress>, Task> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            return work(new Progress<CommandProgress>());
        }

        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async screen =>
            {
                var bar = screen.AddTask(title);
                await work(new Bar(title, bar));
            });
    }

    private sealed class Bar(string title, ProgressTask bar) : IProgress<CommandProgress>
    {
        public void Report(CommandProgress value)
        {
            bar.MaxValue = value.Total ?? bar.MaxValue;
            bar.Value = value.Value;
            bar.Description = Markup.Escape($"{title}: {value.Message}");
        }
    }
}
