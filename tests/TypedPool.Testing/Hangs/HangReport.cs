using TypedPool.Testing.Logging;

namespace TypedPool.Testing.Hangs;

/// <summary>
/// What both sides were doing when a test hung, on standard error and in a file beside the test assembly. Each section
/// stands for itself: one that cannot be written says why, and the next is written all the same.
/// </summary>
internal static class HangReport
{
    private static readonly TimeSpan TimeToAnswerSignals = TimeSpan.FromSeconds(2);

    /// <summary>Writes the report.</summary>
    /// <returns>The path of its file.</returns>
    public static string Write(string test, TimeSpan limit)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "TestResults");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"hang-{TestRun.Mark}.txt");

        Append(path, "hang", $"{test} has been running for more than {limit.TotalSeconds} s.");
        Append(path, "processes", ProcessStacks.Describe);
        // The snapshot suspends this process; it must see the threads before the signals below wake any of them.
        Append(path, ".NET", ManagedStacks.Describe);
        Append(path, "Python", () => PythonStacks.Request(TimeToAnswerSignals));
        return path;
    }

    /// <summary>Adds what the test has logged, in which stands what the Pythons wrote to a drained standard error.</summary>
    public static void AppendLogs(string path, IEnumerable<RecordingLoggerFactory> logs) =>
        Append(path, "log", () => string.Join(Environment.NewLine, logs.SelectMany(log => log.Entries)));

    private static void Append(string path, string section, Func<string> describe)
    {
        string text;
        try
        {
            text = describe();
        }
        catch (Exception failure)
        {
            text = $"Cannot be told here: {failure.GetType().Name}: {failure.Message}";
        }

        Append(path, section, text);
    }

    private static void Append(string path, string section, string text)
    {
        text = $"==== {section} ===={Environment.NewLine}{text}{Environment.NewLine}";
        File.AppendAllText(path, text);
        // Console.Error may be redirected by, or blocked in, the test that hangs.
        using var error = new StreamWriter(Console.OpenStandardError());
        error.Write(text);
    }
}
