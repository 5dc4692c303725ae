using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Emit;
using TypedPool.Generators.Model;

namespace TypedPool.Generators;

/// <summary>Generates typed C# for the commands that a schema describes.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PythonCommandsGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var schemas = FindSchemas(context);
        var readings = ReadSchemas(SelectContents(schemas));
        var models = SelectModels(readings);
        var collisions = FindCollisions(models);
        var files = SelectFiles(models, collisions);

        context.RegisterSourceOutput(files, EmitFile);
        context.RegisterSourceOutput(SelectDiagnostics(schemas, readings), Report);
        context.RegisterSourceOutput(collisions.SelectMany((found, _) => found), Report);
        context.RegisterSourceOutput(CheckLanguage(context, models), Report);
        var coverage = MeasureCoverage(models);
        context.RegisterSourceOutput(coverage, Report);
        context.RegisterSourceOutput(WhereBuildAsks(context, coverage), EmitCoverage);
    }

    private static IncrementalValuesProvider<SchemaSource> FindSchemas(IncrementalGeneratorInitializationContext context) =>
        context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, _) => (File: pair.Left, Options: SchemaOptions.Of(pair.Left, pair.Right)))
            .Where(schema => schema.Options is not null)
            .Select((schema, cancellationToken) => (schema.File, Options: schema.Options!, References: ExternalReferences.In(schema.File, cancellationToken)))
            .Combine(context.AdditionalTextsProvider.Collect())
            .Select((pair, cancellationToken) => SchemaSource.Of(
                pair.Left.File, pair.Left.Options, pair.Left.References, pair.Right, cancellationToken))
            .WithTrackingName(Steps.Schemas);

    private static IncrementalValuesProvider<SchemaContent> SelectContents(IncrementalValuesProvider<SchemaSource> schemas) => schemas
        .Select((schema, cancellationToken) => SchemaContent.Of(schema, cancellationToken))
        .WithTrackingName(Steps.Contents);

    private static IncrementalValuesProvider<SchemaReading> ReadSchemas(IncrementalValuesProvider<SchemaContent> contents) => contents
        .Select((content, cancellationToken) => SchemaReading.Of(content, cancellationToken))
        .WithTrackingName(Steps.Readings);

    private static IncrementalValuesProvider<DocumentModel> SelectModels(IncrementalValuesProvider<SchemaReading> readings) => readings
        .Where(reading => reading.Model is not null)
        .Select((reading, _) => reading.Model!)
        .WithTrackingName(Steps.Models);

    private static IncrementalValueProvider<EquatableArray<DiagnosticInfo>> FindCollisions(IncrementalValuesProvider<DocumentModel> models) => models
        .Select((model, _) => new ClientCollisions.Claim(model.Path, model.Client.FullName))
        .Collect()
        .Select((claims, _) => ClientCollisions.Find(claims))
        .WithTrackingName(Steps.Collisions);

    private static IncrementalValuesProvider<FileModel> SelectFiles(
        IncrementalValuesProvider<DocumentModel> models, IncrementalValueProvider<EquatableArray<DiagnosticInfo>> collisions) => models
        .Combine(collisions)
        .Where(pair => !pair.Right.Any(collision => string.Equals(collision.Path, pair.Left.Path, StringComparison.Ordinal)))
        .SelectMany((pair, _) => pair.Left.Files)
        .WithTrackingName(Steps.Files);

    private static IncrementalValuesProvider<DiagnosticInfo> SelectDiagnostics(
        IncrementalValuesProvider<SchemaSource> schemas, IncrementalValuesProvider<SchemaReading> readings) => schemas
        .Combine(readings
            .Where(reading => reading.Findings.Count > 0)
            .Select((reading, _) => (reading.Path, reading.Findings))
            .Collect())
        .SelectMany((pair, cancellationToken) =>
        {
            var (_, findings) = pair.Right.FirstOrDefault(found => string.Equals(found.Path, pair.Left.File.Path, StringComparison.Ordinal));
            return FindingPlaces.Of(pair.Left, findings, cancellationToken);
        })
        .WithTrackingName(Steps.Diagnostics);

    private static IncrementalValuesProvider<DiagnosticInfo> CheckLanguage(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DocumentModel> models) => models
        .Select((_, _) => true)
        .Collect()
        .Select((any, _) => any.Length > 0)
        .Combine(context.ParseOptionsProvider.Select((options, _) => (options as CSharpParseOptions)?.LanguageVersion ?? LanguageVersion.Latest))
        .SelectMany((pair, _) => pair.Left && pair.Right < LanguageVersion.CSharp11
            ? [DiagnosticInfo.WithoutPlace(Causes.LanguageVersion, "", pair.Right.ToDisplayString())]
            : Array.Empty<DiagnosticInfo>())
        .WithTrackingName(Steps.Language);

    private static IncrementalValuesProvider<DiagnosticInfo> MeasureCoverage(IncrementalValuesProvider<DocumentModel> models) => models
        .Select((model, _) => model.Coverage)
        .Collect()
        .SelectMany((coverages, _) => coverages.Length == 0
            ? Array.Empty<DiagnosticInfo>()
            : [DiagnosticInfo.WithoutPlace(
                Causes.TypedPositions,
                "",
                $"{coverages.Sum(coverage => coverage.Typed)}",
                $"{coverages.Sum(coverage => coverage.Positions)}")])
        .WithTrackingName(Steps.Coverage);

    /// <summary>The build's own targets ask for it: they read it from the assembly, and show it.</summary>
    private static IncrementalValuesProvider<DiagnosticInfo> WhereBuildAsks(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> coverage) => coverage
        .Combine(context.AnalyzerConfigOptionsProvider.Select((options, _) =>
            options.GlobalOptions.TryGetValue("build_property.TypedPoolCoverage", out var asked) && asked is "true"))
        .Where(pair => pair.Right)
        .Select((pair, _) => pair.Left);

    private static void EmitCoverage(SourceProductionContext context, DiagnosticInfo coverage)
    {
        var line = string.Format(CultureInfo.InvariantCulture, coverage.Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), [.. coverage.Arguments]);
        context.AddSource(
            "TypedPool.Coverage.g.cs",
            SourceText.From($"// <auto-generated/>\n[assembly: global::System.Reflection.AssemblyMetadata(\"TypedPool\", \"{line}\")]\n", Encoding.UTF8));
    }

    private static void EmitFile(SourceProductionContext context, FileModel file)
    {
        try
        {
            context.AddSource(file.HintName, FileEmitter.Emit(file));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Report(context, DiagnosticInfo.WithoutPlace(
                Causes.InternalError, "", file.HintName, $"{error.GetType().Name}: {error.Message}"));
        }
    }

    private static void Report(SourceProductionContext context, DiagnosticInfo diagnostic) =>
        context.ReportDiagnostic(diagnostic.ToDiagnostic());
}
