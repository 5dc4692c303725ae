using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedPool.TypedTests.Generating;

/// <summary>A schema in memory.</summary>
internal sealed class SchemaText(string text) : AdditionalText
{
    public override string Path => "/project/commands.openrpc.json";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
