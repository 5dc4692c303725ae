using System.Text.RegularExpressions;
using TypedPool.Testing;

namespace TypedPool.TypedTests.Fakes;

/// <summary>Every sample of docs/testing.md is part of a file beside this one, which is compiled and run.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_samples_are_code_that_runs()
    {
        var folder = RepositoryRoot.Combine("tests", "TypedPool.Typed.Tests", "Fakes");
        var code = string.Concat(Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal).Select(file => Unindented(File.ReadAllText(file))));

        var samples = Sample().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "testing.md")));

        Assert.Equal(6, samples.Count);
        Assert.All(samples, sample => Assert.Contains(Unindented(sample.Groups["code"].Value), code, StringComparison.Ordinal));
    }

    private static string Unindented(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) + "\n";

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();
}
