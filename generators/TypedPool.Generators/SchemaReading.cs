using Microsoft.CodeAnalysis;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Model;
using TypedPool.Generators.Schema;

namespace TypedPool.Generators;

/// <summary>What came of a schema file: code to emit, where there is any, and what is wrong with it.</summary>
internal sealed record SchemaReading(DocumentModel? Model, EquatableArray<DiagnosticInfo> Diagnostics)
{
    /// <summary>Reads a schema file; whatever it holds, this throws nothing but a cancellation.</summary>
    public static SchemaReading Of(SchemaSource source, CancellationToken cancellationToken)
    {
        var file = source.File;
        var diagnostics = new List<DiagnosticInfo>();
        DocumentModel? model = null;
        try
        {
            var client = ClientOptions.Read(source.Options, file.Path, diagnostics);
            model = Read(source, client, diagnostics, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            diagnostics.Add(DiagnosticInfo.WithoutPlace(
                Causes.InternalError, file.Path, file.Path, $"{error.GetType().Name}: {error.Message}"));
        }

        return new SchemaReading(model, new(diagnostics));
    }

    private static DocumentModel? Read(
        SchemaSource source, ClientModel client, List<DiagnosticInfo> diagnostics, CancellationToken cancellationToken)
    {
        var path = source.File.Path;
        if (source.File.GetText(cancellationToken) is not { } text)
        {
            diagnostics.Add(DiagnosticInfo.WithoutPlace(Causes.UnreadableFile, path));
            return null;
        }

        var content = text.ToString();
        if (string.IsNullOrWhiteSpace(content))
        {
            diagnostics.Add(DiagnosticInfo.WithoutPlace(Causes.EmptyFile, path));
            return null;
        }

        var found = new SchemaDiagnostics(path, text);
        var tree = JsonParser.Parse(content, cancellationToken);
        found.Report(tree.Problems, path, text);
        found.IsCutOff = !tree.IsComplete;
        var others = new OtherFiles(
            source.Others.Select(other => new OtherFile(other.Path, other.GetText(cancellationToken))), found, cancellationToken);
        var model = tree.Root is not null && OpenRpcReader.Read(tree.Root, path, others, found, cancellationToken) is { } document
            ? ModelBuilder.Build(path, document, client, found, cancellationToken)
            : null;
        diagnostics.AddRange(found.Found);
        return model;
    }
}
