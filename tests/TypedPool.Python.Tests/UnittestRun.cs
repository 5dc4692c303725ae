using System.Globalization;
using System.Text.RegularExpressions;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.BridgeTests;

/// <summary>What <c>python -m unittest -v</c> said.</summary>
/// <param name="ExitCode">0, or 5 from Python 3.12 on where a skipped fixture left no test to run.</param>
/// <param name="Ran">How many tests ran, those skipped among them.</param>
/// <param name="Skips">The skipped tests and fixtures, each with its reason.</param>
/// <param name="Output">All that was written.</param>
internal sealed partial record UnittestRun(int ExitCode, int Ran, IReadOnlyList<string> Skips, string Output)
{
    /// <summary>Whether none failed. A run without any test is no success.</summary>
    public bool Passed => ExitCode is 0 or 5 && Ran + Skips.Count > 0;

    /// <summary>Whether no test was really run. A skipped fixture does not count among those that ran.</summary>
    public bool WasSkipped => Ran == Skips.Count(skip => !skip.StartsWith("setUp", StringComparison.Ordinal));

    public static async Task<UnittestRun> OfAsync(Python python, string folder, IEnumerable<string> modules)
    {
        await Bytecode.PrepareAsync(python, Path.Combine(folder, "typedpool"));
        var outcome = await CommandLine.RunAsync(
            python.Path,
            ["-m", "unittest", "-v", .. modules],
            folder,
            // The modules that tests write are compiled anew each time.
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["PYTHONDONTWRITEBYTECODE"] = "1" },
            TestContext.Current.CancellationToken);

        var ran = RanLine().Match(outcome.Output) is { Success: true } line
            ? int.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture)
            : 0;
        var skips = SkipLine().Matches(outcome.Output).Select(skip => $"{skip.Groups["test"].Value}: {skip.Groups["reason"].Value}");
        return new UnittestRun(outcome.ExitCode, ran, [.. skips], outcome.Output);
    }

    [GeneratedRegex(@"^Ran (?<count>\d+) tests? in ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex RanLine();

    // A test with a docstring has its name and the docstring's first line on two lines; the reason ends the second.
    [GeneratedRegex("""^(?<test>.*) \.\.\. skipped (?<reason>['"].*['"])\r?$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SkipLine();
}
