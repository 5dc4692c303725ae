using System.Text.RegularExpressions;
using TypedPool.Testing;
using TypedPool.Testing.Deliberate;
using Xunit;

namespace TypedPool.Tests.Testing;

public sealed partial class HangWatchdogTests
{
    [Fact]
    public async Task A_hanging_test_fails_and_its_report_names_where_both_sides_wait()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of a test are found in /proc.");
        _ = Python.Default;

        var outcome = await DeliberateTests.RunAsync(
            typeof(HangingTests), nameof(HangingTests.Waits_for_a_Python_that_never_returns), hangSeconds: 3);

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("Failed: 1", outcome.Output, StringComparison.Ordinal);
        var report = ReportNamedIn(outcome.Output);
        Assert.Contains("HangingTests.BlockForever(", report, StringComparison.Ordinal);
        Assert.Matches(@"HangingTests\.AwaitPythonForeverAsync \(state 0\)\s+TypedPool\.Testing\.Deliberate\.HangingTests\.Waits_for_a_Python", report);
        Assert.Contains("in never_returns", report, StringComparison.Ordinal);
        Assert.Contains("never_returns", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_hangs_even_without_its_processes_ends_the_run()
    {
        var outcome = await DeliberateTests.RunAsync(typeof(HangingTests), nameof(HangingTests.Blocks_for_good), hangSeconds: 2);

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("did not end after its processes were killed", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("HangingTests.BlockForever(", ReportNamedIn(outcome.Output), StringComparison.Ordinal);
    }

    private static string ReportNamedIn(string output)
    {
        var path = ReportPath().Match(output).Value;
        Assert.True(File.Exists(path), $"No report is named in:{Environment.NewLine}{output}");
        var report = File.ReadAllText(path);
        File.Delete(path);
        return report;
    }

    [GeneratedRegex(@"(?<=[Ss]tacks[^/\\:]*: )\S+hang-\S+\.txt", RegexOptions.ExplicitCapture)]
    private static partial Regex ReportPath();
}
