using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPool.Generators.Tests.Support;

/// <summary>What a project says of its schemas; every file is one unless its path ends in .other.json.</summary>
internal sealed class ProjectOptions(string? rootNamespace = "Sample") : AnalyzerConfigOptionsProvider
{
    public Dictionary<string, (string? Namespace, string? Name, string? Accessibility)> Files { get; } = new(StringComparer.Ordinal);

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new(StringComparer.Ordinal)
    {
        ["build_property.RootNamespace"] = rootNamespace,
    });

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
    {
        var (ns, name, accessibility) = Files.GetValueOrDefault(textFile.Path);
        return new Values(new(StringComparer.Ordinal)
        {
            ["build_metadata.AdditionalFiles.SourceItemType"] =
                textFile.Path.EndsWith(".other.json", StringComparison.Ordinal) ? "" : "TypedPoolSchema",
            ["build_metadata.AdditionalFiles.TypedPoolNamespace"] = ns,
            ["build_metadata.AdditionalFiles.TypedPoolName"] = name,
            ["build_metadata.AdditionalFiles.TypedPoolAccessibility"] = accessibility,
        });
    }

    private sealed class Values(Dictionary<string, string?> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value) && value is not null;
    }
}
