using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Tests.Support;

/// <summary>An additional file in memory; without a text it cannot be read.</summary>
internal sealed class SchemaFile(string? text, string path = "/project/commands.openrpc.json") : AdditionalText
{
    private readonly SourceText? _text = text is null ? null : SourceText.From(text);

    public override string Path { get; } = path;

    /// <summary>Runs when the generator asks for the text.</summary>
    public Action? OnRead { get; init; }

    public override SourceText? GetText(CancellationToken cancellationToken = default)
    {
        OnRead?.Invoke();
        return _text;
    }
}
