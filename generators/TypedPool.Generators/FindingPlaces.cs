using Microsoft.CodeAnalysis;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators;

/// <summary>Finds where what is wrong stands in the files as they are now: white space may have moved it since it was found.</summary>
internal static class FindingPlaces
{
    public static IEnumerable<DiagnosticInfo> Of(SchemaSource source, EquatableArray<Finding> findings, CancellationToken cancellationToken)
    {
        var placed = new DiagnosticInfo[findings.Count];
        foreach (var file in Enumerable.Range(0, findings.Count).GroupBy(i => findings[i].Path, StringComparer.Ordinal))
        {
            var indexes = file.ToList();
            var here = InFile(FileOf(source, file.Key), indexes.ConvertAll(i => findings[i]), cancellationToken);
            for (var i = 0; i < indexes.Count; i++)
            {
                placed[indexes[i]] = here[i];
            }
        }

        return placed;
    }

    private static DiagnosticInfo[] InFile(AdditionalText? file, List<Finding> findings, CancellationToken cancellationToken)
    {
        if (findings.TrueForAll(finding => finding.Span is null) || file?.GetText(cancellationToken) is not { } text)
        {
            return [.. findings.Select(finding => finding.At(default, default))];
        }

        var spans = CompactJson.Places(text.ToString(), findings.Select(finding => finding.Span ?? default));
        return [.. findings.Zip(spans, (finding, span) => finding.Span is null
            ? finding.At(default, default)
            : finding.At(span, text.Lines.GetLinePositionSpan(span)))];
    }

    private static AdditionalText? FileOf(SchemaSource source, string path) =>
        source.Others.Prepend(source.File).FirstOrDefault(file => string.Equals(file.Path, path, StringComparison.Ordinal));
}
