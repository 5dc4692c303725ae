using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPool.TypedTests.Generating;

/// <summary>What a project says of its schema.</summary>
internal sealed class SchemaSettings(string ns, string name) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(new(StringComparer.Ordinal)
    {
        ["build_metadata.AdditionalFiles.SourceItemType"] = "TypedPoolSchema",
        ["build_metadata.AdditionalFiles.TypedPoolNamespace"] = ns,
        ["build_metadata.AdditionalFiles.TypedPoolName"] = name,
    });

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
