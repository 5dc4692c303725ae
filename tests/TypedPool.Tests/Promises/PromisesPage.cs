using System.Text.RegularExpressions;
using TypedPool.Testing;

namespace TypedPool.Tests.Promises;

/// <summary>docs/promises.md, read.</summary>
internal static partial class PromisesPage
{
    /// <summary>The rows of the table under a heading: the first cell, and the tests named in the last.</summary>
    /// <param name="heading">The heading.</param>
    internal static List<(string Subject, List<string> Tests)> Rows(string heading) =>
    [
        .. File.ReadLines(RepositoryRoot.Combine("docs", "promises.md"))
            .SkipWhile(line => line != $"## {heading}").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|').Split(" | "))
            .Select(cells => (cells[0].Trim(), Quoted().Matches(cells[^1]).Select(match => match.Groups[1].Value).ToList())),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
