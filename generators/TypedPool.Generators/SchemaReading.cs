using TypedPool.Generators.Collections;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Model;
using TypedPool.Generators.Schema;

namespace TypedPool.Generators;

/// <summary>What came of a schema file: code to emit, where there is any, and what is wrong with it.</summary>
internal sealed record SchemaReading(string Path, DocumentModel? Model, EquatableArray<Finding> Findings)
{
    /// <summary>Reads a schema file; whatever it holds, this throws nothing but a cancellation.</summary>
    public static SchemaReading Of(SchemaContent content, CancellationToken cancellationToken)
    {
        var path = content.File.Path;
        var findings = new List<Finding>();
        DocumentModel? model = null;
        try
        {
            var client = ClientOptions.Read(content.Options, path, findings);
            model = Read(content, client, findings, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            findings.Add(Finding.WithoutPlace(Causes.InternalError, path, path, $"{error.GetType().Name}: {error.Message}"));
        }

        return new SchemaReading(path, model, new(findings));
    }

    private static DocumentModel? Read(
        SchemaContent content, ClientModel client, List<Finding> findings, CancellationToken cancellationToken)
    {
        var path = content.File.Path;
        if (content.File.Json is not { } json)
        {
            findings.Add(content.File.Failure is { } failure
                ? Finding.WithoutPlace(Causes.InternalError, path, path, failure)
                : Finding.WithoutPlace(Causes.UnreadableFile, path));
            return null;
        }

        if (string.IsNullOrWhiteSpace(json))
        {
            findings.Add(Finding.WithoutPlace(Causes.EmptyFile, path));
            return null;
        }

        var found = new SchemaDiagnostics(path);
        var tree = JsonParser.Parse(json, cancellationToken);
        found.Report(tree.Problems, path);
        found.IsCutOff = !tree.IsComplete;
        var others = new OtherFiles(content.Others.Select(other => new OtherFile(other.Path, other.Json)), found, cancellationToken);
        var model = tree.Root is not null && OpenRpcReader.Read(tree.Root, path, others, found, cancellationToken) is { } document
            ? ModelBuilder.Build(path, document, client, found, cancellationToken)
            : null;
        findings.AddRange(found.Found);
        return model;
    }
}
