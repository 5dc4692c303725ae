using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPool.Generators.Tests.Support;

/// <summary>Runs the generator over files, and compiles what comes out as strictly as the compiler can.</summary>
internal sealed class Generation
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "TypedPool.dll" or "netstandard.dll" or "Microsoft.Extensions.Logging.Abstractions.dll"
                || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly GeneratorDriver _unused;

    /// <param name="driver">The driver, with what it remembers.</param>
    /// <param name="unused">The same without: it was given the same files and options, and has never run.</param>
    /// <param name="input">The code before anything is generated.</param>
    private Generation(GeneratorDriver driver, GeneratorDriver unused, CSharpCompilation input)
    {
        _unused = unused;
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out _, CancellationToken.None);
        Input = input;
        Output = (CSharpCompilation)output;
    }

    public GeneratorDriver Driver { get; }

    public CSharpCompilation Input { get; }

    public CSharpCompilation Output { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    public IReadOnlyList<Diagnostic> Diagnostics =>
        [.. Result.Diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];

    /// <summary>The diagnostics without the line that every build reports.</summary>
    public IReadOnlyList<Diagnostic> Findings => [.. Diagnostics.Where(diagnostic => diagnostic.Id != "TP0024")];

    public IEnumerable<string> HintNames => Result.GeneratedSources.Select(source => source.HintName);

    public static Generation Of(string schema) => Of([new SchemaFile(schema)]);

    public static Generation Of(IEnumerable<AdditionalText> files, ProjectOptions? options = null, string code = "") =>
        Of(CreateDriver(files, options), Compile(code));

    private static Generation Of(GeneratorDriver unused, CSharpCompilation input) => new(unused, unused, input);

    public static CSharpCompilation Compile(string code, LanguageVersion version = LanguageVersion.CSharp14)
    {
        var parse = new CSharpParseOptions(version, DocumentationMode.Diagnose);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            checkOverflow: true,
            nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("Generated", [CSharpSyntaxTree.ParseText(code, parse, "Program.cs")], References, options);
    }

    public static GeneratorDriver CreateDriver(
        IEnumerable<AdditionalText> files, ProjectOptions? options = null, LanguageVersion version = LanguageVersion.CSharp14) =>
        CSharpGeneratorDriver.Create(
            [new PythonCommandsGenerator().AsSourceGenerator()],
            files,
            new CSharpParseOptions(version, DocumentationMode.Diagnose),
            options ?? new ProjectOptions(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Goes on from this generation with something changed.</summary>
    public Generation Then(Func<GeneratorDriver, GeneratorDriver>? driver = null, Func<CSharpCompilation, CSharpCompilation>? compilation = null) =>
        new(driver?.Invoke(Driver) ?? Driver, driver?.Invoke(_unused) ?? _unused, compilation?.Invoke(Input) ?? Input);

    /// <summary>The same by a driver that remembers nothing.</summary>
    public Generation Anew() => Of(_unused, Input);

    public string Source(string hintName) =>
        Result.GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    /// <summary>Everything wrong with the generated code, warnings included.</summary>
    public IReadOnlyList<string> CompilationErrors() =>
        [.. Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];

    /// <summary>The reasons of all outputs of a step.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs)
            ? runs.SelectMany(run => run.Outputs).Select(output => output.Reason)
            : [];

    /// <summary>The reasons of all source outputs.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons() =>
        Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason);
}
