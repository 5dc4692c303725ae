using System.Reflection;
using Microsoft.CodeAnalysis;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

public sealed class CauseTests
{
    private static readonly DiagnosticDescriptor[] All =
        [.. typeof(Causes).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (DiagnosticDescriptor)field.GetValue(null)!)];

    [Fact]
    public void Every_cause_has_an_id_of_its_own() =>
        Assert.Equal(All.Select((_, i) => $"TP{i + 1:d4}"), All.Select(cause => cause.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_cause_has_a_page_that_its_link_leads_to_and_that_names_it()
    {
        foreach (var cause in All)
        {
            var name = cause.HelpLinkUri[(cause.HelpLinkUri.LastIndexOf('/') + 1)..];
            var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", name));
            Assert.StartsWith($"# {cause.Id}: {cause.Title}\n", page, StringComparison.Ordinal);
            Assert.Contains(cause.MessageFormat.ToString(), page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_page_belongs_to_a_cause() =>
        Assert.Equal(
            All.Select(cause => cause.Id + ".md").Append("README.md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "diagnostics")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
}
