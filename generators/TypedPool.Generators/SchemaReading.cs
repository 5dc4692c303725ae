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
    public static SchemaReading Of(AdditionalText file, SchemaOptions options, CancellationToken cancellationToken)
    {
        var diagnostics = new List<DiagnosticInfo>();
        DocumentModel? model = null;
        try
        {
            var client = ClientOptions.Read(options, file.Path, diagnostics);
            model = Read(file, client, diagnostics, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            diagnostics.Add(DiagnosticInfo.WithoutPlace(
                Causes.InternalError, file.Path, file.Path, $"{error.GetType().Name}: {error.Message}"));
        }

        return new SchemaReading(model, new(diagnostics));
    }

    private static DocumentModel? Read(
        AdditionalText file, ClientModel client, List<DiagnosticInfo> diagnostics, CancellationToken cancellationToken)
    {
        if (file.GetText(cancellationToken) is not { } text)
        {
            diagnostics.Add(DiagnosticInfo.WithoutPlace(Causes.UnreadableFile, file.Path));
            return null;
        }

        var content = text.ToString();
        if (string.IsNullOrWhiteSpace(content))
        {
            diagnostics.Add(DiagnosticInfo.WithoutPlace(Causes.EmptyFile, file.Path));
            return null;
        }

        var found = new SchemaDiagnostics(file.Path, text);
        var model = Read(file.Path, content, client, found, cancellationToken);
        diagnostics.AddRange(found.Found);
        return model;
    }

    private static DocumentModel? Read(
        string path, string content, ClientModel client, SchemaDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var tree = JsonParser.Parse(content, cancellationToken);
        foreach (var problem in tree.Problems)
        {
            diagnostics.ReportAt(Cause(problem.Kind), problem.Span, problem.Detail);
        }

        diagnostics.IsCutOff = !tree.IsComplete;
        var fileName = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        return tree.Root is not null && OpenRpcReader.Read(tree.Root, fileName, diagnostics, cancellationToken) is { } document
            ? ModelBuilder.Build(path, document, client, diagnostics, cancellationToken)
            : null;
    }

    private static DiagnosticDescriptor Cause(JsonProblemKind kind) => kind switch
    {
        JsonProblemKind.Syntax => Causes.InvalidJson,
        JsonProblemKind.DuplicateMember => Causes.DuplicateMember,
        _ => Causes.LoneSurrogate,
    };
}
