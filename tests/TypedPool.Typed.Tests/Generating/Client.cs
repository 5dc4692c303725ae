using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using TypedPool.Generators;

namespace TypedPool.TypedTests.Generating;

/// <summary>What is generated from a schema, by the generator as a compiler runs it.</summary>
internal sealed class Client
{
    public const string Name = "PythonCommands";

    private const string Renamed = "TP0017";
    private const string Typed = "TP0024";

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "TypedPool.dll" or "Microsoft.Extensions.Logging.Abstractions.dll"
                || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly string _namespace;
    private readonly Compilation _compilation;

    private Client(string ns, Compilation compilation, GeneratorRunResult result)
    {
        _namespace = ns;
        _compilation = compilation;
        Sources = [.. result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString()))];
        Diagnostics = [.. result.Diagnostics.Where(diagnostic => diagnostic.Id is not (Renamed or Typed))];
    }

    /// <summary>The files by name.</summary>
    public IReadOnlyList<(string Name, string Text)> Sources { get; }

    /// <summary>What the generator says of the schema, but for names that it had to change and the line of every build.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Generates, without compiling.</summary>
    public static Client Of(string schema, string ns)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp14);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, generalDiagnosticOption: ReportDiagnostic.Error, nullableContextOptions: NullableContextOptions.Enable);
        var driver = CSharpGeneratorDriver.Create(
                [new PythonCommandsGenerator().AsSourceGenerator()], [new SchemaText(schema)], parse, new SchemaSettings(ns, Name))
            .RunGeneratorsAndUpdateCompilation(CSharpCompilation.Create(ns, [], References, options), out var compilation, out _);
        return new Client(ns, compilation, driver.GetRunResult().Results.Single());
    }

    /// <summary>Compiles it, with every warning an error, and loads what comes out.</summary>
    /// <returns>The client's class.</returns>
    public Type Load(AssemblyLoadContext into)
    {
        using var image = new MemoryStream();
        var emitted = _compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(20)));
        image.Position = 0;
        return into.LoadFromStream(image).GetType($"{_namespace}.{Name}", throwOnError: true)!;
    }
}
