using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using TypedPool.Generators.Emit;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Robustness;

/// <summary>Whatever stands in a file, the generator answers with code and diagnostics.</summary>
public sealed class FuzzTests
{
    private static readonly int Mutants =
        Environment.GetEnvironmentVariable("TYPEDPOOL_MUTANTS") is { Length: > 0 } count ? int.Parse(count, CultureInfo.InvariantCulture) : 60;

    // A compilation takes as long as a hundred mutants.
    private static readonly int Compiled = Math.Max(1, Mutants / 60);

    public static TheoryData<string> Schemas() => [.. Repository.SchemaNames()];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Mutants_of_the_text_end_in_code_or_diagnostics(string schema)
    {
        var document = Repository.Schema(schema);
        var random = new Random(StableSeed(schema));
        for (var i = 0; i < Mutants; i++)
        {
            AssertSurvives(MutateText(document, random));
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Mutants_of_the_structure_end_in_code_or_diagnostics(string schema)
    {
        var document = Repository.Schema(schema);
        var random = new Random(StableSeed(schema) + 1);
        for (var i = 0; i < Mutants; i++)
        {
            AssertSurvives(JsonMutation.Mutate(document, random));
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void What_is_generated_from_mutants_of_the_structure_compiles(string schema)
    {
        var document = Repository.Schema(schema);
        var random = new Random(StableSeed(schema) + 2);
        for (var i = 0; i < Compiled; i++)
        {
            var mutant = JsonMutation.Mutate(document, random);
            var errors = Generation.Of(mutant).CompilationErrors();
            Assert.True(errors.Count == 0, $"{string.Join('\n', errors)}\n{mutant}");
        }
    }

    private static void AssertSurvives(string document)
    {
        var source = new SchemaSource(new SchemaFile(document), new SchemaOptions("", "", "", "Sample"), default);
        var reading = SchemaReading.Of(SchemaContent.Of(source, CancellationToken.None), CancellationToken.None);
        var diagnostics = FindingPlaces.Of(source, reading.Findings, CancellationToken.None).ToList();
        Assert.Equal(reading.Findings.Count, diagnostics.Count);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Descriptor.Id == "TP0001");
        Assert.All(diagnostics, diagnostic => Assert.InRange(diagnostic.Span.End, 0, document.Length));
        foreach (var file in reading.Model?.Files ?? default)
        {
            Assert.NotEqual(0, FileEmitter.Emit(file).Length);
        }

        var hints = reading.Model?.Files.Select(file => file.HintName).ToList() ?? [];
        Assert.Equal(hints.Count, hints.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static string MutateText(string document, Random random)
    {
        var text = new StringBuilder(document);
        for (var changes = random.Next(1, 6); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 40), text.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                case 2:
                    text[at] = (char)random.Next(random.Next(8) == 0 ? 0x10000 : 128);
                    break;
                default:
                    text.Length = Math.Max(1, at);
                    break;
            }
        }

        return text.ToString();
    }

    private static int StableSeed(string name) => name.Aggregate(17, (seed, c) => unchecked((seed * 31) + c));
}
