using Spectre.Console;

namespace QuickStart;

/// <summary>Reads a novel, all chapters at once: as many at a time as the pool has workers.</summary>
internal static class Novel
{
    private const int Shown = 3;

    internal static async Task ReadAsync(IPythonCommands commands, string path, CancellationToken stop)
    {
        Screen.Title("A novel, its chapters in parallel");
        var chapters = await commands.SplitChaptersAsync(path, cancellationToken: stop);

        var clock = Clock.Start();
        var reports = await Screen.WithProgressAsync("Reading", chapters.Count, read => Task.WhenAll(chapters.Select(async chapter =>
        {
            var report = await commands.AnalyzeChapterAsync(chapter.Text, top: 20, cancellationToken: stop);
            read();
            return (chapter.Number, Report: report);
        })));
        var seconds = clock.Seconds;

        var byEase = reports.OrderByDescending(each => each.Report.ReadingEase).ToList();
        var telling = TellingWords([.. reports.Select(each => each.Report)]);
        var table = new Table().Border(TableBorder.Rounded).Title("The easiest and the hardest chapters, by Flesch's reading ease");
        table.AddColumns(
            new TableColumn("Chapter").RightAligned(),
            new TableColumn("Words").RightAligned(),
            new TableColumn("Ease").RightAligned(),
            new TableColumn("To read"),
            new TableColumn("Speech").RightAligned(),
            new TableColumn("Words of its own"));
        foreach (var (number, report) in byEase.Take(Shown).Concat(byEase.TakeLast(Shown)))
        {
            table.AddRow(
                new Text($"{number}"),
                new Text($"{report.Words:N0}"),
                new Text($"{report.ReadingEase:0.0}"),
                new Text(Name(report.Level), ColorOf(report.Level)),
                new Text($"{report.DialogueShare:P0}"),
                new Text(string.Join(", ", report.Keywords.Select(keyword => keyword.Word).Where(telling.Contains).Take(3))));
        }

        Screen.Show(table);
        Screen.Line($"How much of each chapter is speech, from chapter 1 to chapter {reports.Length}:");
        Screen.Sparkline(reports.Select(each => each.Report.DialogueShare));

        var workers = reports.CountBy(each => each.Report.Pid).OrderBy(each => each.Key).Select(each => $"process {each.Key} read {each.Value}");
        Screen.Line($"{reports.Sum(each => each.Report.Words):N0} words in {seconds:0.00} s, {reports.Length / seconds:N0} chapters a second:");
        Screen.Line($"{string.Join(", ", workers)}.");
    }

    /// <summary>The keywords that few chapters share, so that the heroine's name is not in every row.</summary>
    private static HashSet<string> TellingWords(IReadOnlyList<ChapterReport> reports) =>
        [.. reports.SelectMany(report => report.Keywords).CountBy(keyword => keyword.Word).Where(word => word.Value <= reports.Count / 8).Select(word => word.Key)];

    // A Python Enum is a C# enum: the compiler knows its members.
    private static string Name(ReadingLevel level) => level switch
    {
        ReadingLevel.VeryEasy => "very easy",
        ReadingLevel.Easy => "easy",
        ReadingLevel.FairlyEasy => "fairly easy",
        ReadingLevel.Standard => "standard",
        ReadingLevel.FairlyDifficult => "fairly difficult",
        ReadingLevel.Difficult => "difficult",
        ReadingLevel.VeryDifficult => "very difficult",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    private static Color ColorOf(ReadingLevel level) => level switch
    {
        <= ReadingLevel.FairlyEasy => Color.Green,
        ReadingLevel.Standard => Color.Yellow,
        _ => Color.Red,
    };
}
