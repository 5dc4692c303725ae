using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPool.Benchmarks.Statistics;
using TypedPool.Generators;

namespace TypedPool.Benchmarks.Generator;

/// <summary>Times runs of the generator over one schema, in a process that has run it before, as an editor and a build server have.</summary>
/// <param name="times">How often each kind of run is measured.</param>
internal sealed class GeneratorRuns(int times)
{
    private const int WarmUps = 8;

    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    /// <summary>Measures a schema of so many commands.</summary>
    /// <param name="commands">How many commands.</param>
    internal GeneratorTimes Of(int commands)
    {
        var text = LargeSchema.Of(commands);
        var file = new SchemaInMemory(text);
        var spaced = new SchemaInMemory(text.Replace("\"methods\"", "\n \"methods\"", StringComparison.Ordinal));
        var code = CSharpCompilation.Create("Large", [Tree(0)]);
        var first = Driver(file).RunGenerators(code);
        var cold = new List<double>();
        var noOp = new List<double>();
        var space = new List<double>();
        for (var i = -WarmUps; i < times; i++)
        {
            var edited = code.ReplaceSyntaxTree(code.SyntaxTrees[0], Tree(i));
            var (anew, respaced) = (Driver(file), first.ReplaceAdditionalText(file, spaced));
            var round = (Time(() => anew.RunGenerators(code)), Time(() => first.RunGenerators(edited)), Time(() => respaced.RunGenerators(code)));
            if (i >= 0)
            {
                cold.Add(round.Item1);
                noOp.Add(round.Item2);
                space.Add(round.Item3);
            }
        }

        return new GeneratorTimes(commands, text.Length, first.GetRunResult().GeneratedTrees.Length, cold, noOp, space);
    }

    /// <returns>Milliseconds.</returns>
    private static double Time(Action run)
    {
        var began = Clock.GetTimestamp();
        run();
        return Clock.GetElapsedTime(began).TotalMilliseconds;
    }

    internal static GeneratorDriver Driver(SchemaInMemory file) =>
        CSharpGeneratorDriver.Create([new PythonCommandsGenerator().AsSourceGenerator()], [file], Language, new SchemaInMemory.Settings());

    internal static SyntaxTree Tree(int edit) => CSharpSyntaxTree.ParseText($"class Unrelated {{ int _{edit + WarmUps}; }}", Language);
}

/// <summary>What was measured of a schema, in milliseconds, in the order of the runs.</summary>
/// <param name="Commands">How many commands it has.</param>
/// <param name="Characters">How long its text is.</param>
/// <param name="Files">How many files come of it.</param>
/// <param name="Cold">A driver that has seen nothing.</param>
/// <param name="NoOp">After an edit of unrelated code.</param>
/// <param name="Space">After an edit of white space in the schema.</param>
internal sealed record GeneratorTimes(
    int Commands, int Characters, int Files, IReadOnlyList<double> Cold, IReadOnlyList<double> NoOp, IReadOnlyList<double> Space)
{
    /// <summary>The medians, with their intervals.</summary>
    internal (MedianInterval Cold, MedianInterval NoOp, MedianInterval Space) Medians => (MedianInterval.Of(Cold), MedianInterval.Of(NoOp), MedianInterval.Of(Space));
}
