using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Diagnostics;

/// <summary>Collects what is wrong with one schema file, each with its place.</summary>
internal sealed class SchemaDiagnostics(string path, SourceText text)
{
    private readonly List<DiagnosticInfo> _found = [];

    /// <summary>Set where the text broke off: what follows from that is not reported as well.</summary>
    public bool IsCutOff { get; set; }

    public IReadOnlyList<DiagnosticInfo> Found => _found;

    /// <summary>Reports at a value; its JSON pointer is the message's first argument.</summary>
    public void Report(DiagnosticDescriptor descriptor, JsonNode node, params string[] arguments) =>
        Report(descriptor, node, node.Span, arguments);

    /// <summary>Reports at a part of the text that belongs to a value.</summary>
    public void Report(DiagnosticDescriptor descriptor, JsonNode node, TextSpan span, params string[] arguments)
    {
        if (!IsCutOff)
        {
            var pointer = node.Pointer;
            ReportAt(descriptor, span, [pointer.Length == 0 ? "the document" : pointer, .. arguments]);
        }
    }

    /// <summary>Reports at a part of the text.</summary>
    public void ReportAt(DiagnosticDescriptor descriptor, TextSpan span, params string[] arguments) =>
        _found.Add(new DiagnosticInfo(descriptor, path, span, text.Lines.GetLinePositionSpan(span), new(arguments)));
}
