using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Benchmarks.Generator;

/// <summary>A schema that has been read already.</summary>
/// <param name="text">Its text.</param>
internal sealed class SchemaInMemory(string text) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path => "/project/commands.openrpc.json";

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;

    /// <summary>What a project says of it.</summary>
    internal sealed class Settings : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(new(StringComparer.Ordinal)
        {
            ["build_metadata.AdditionalFiles.SourceItemType"] = "TypedPoolSchema",
            ["build_metadata.AdditionalFiles.TypedPoolNamespace"] = "Large",
        });
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
