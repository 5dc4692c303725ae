using System.Text;
using Microsoft.CodeAnalysis;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

/// <summary>One schema a feature: what is generated, that it compiles strictly, and that a second run does nothing.</summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> Schemas() => [.. Repository.SchemaNames()];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Generated_code_is_as_reviewed(string schema)
    {
        var generation = Generation.Of(Repository.Schema(schema));
        var text = new StringBuilder();
        foreach (var diagnostic in generation.Diagnostics)
        {
            text.Append(diagnostic).Append('\n');
        }

        foreach (var source in generation.Result.GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal))
        {
            text.Append($"\n// ==== {source.HintName}\n").Append(source.SourceText);
        }

        Snapshot.Verify(schema, text.ToString());
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Generated_code_compiles_with_every_warning_an_error(string schema) =>
        Assert.Empty(Generation.Of(Repository.Schema(schema)).CompilationErrors());

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_second_run_on_a_clone_of_the_compilation_does_nothing(string schema)
    {
        var first = Generation.Of(Repository.Schema(schema));

        var second = first.Then(compilation: compilation => compilation.Clone());

        Assert.All(StepNames.All.SelectMany(second.Reasons), reason =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        Assert.NotEmpty(second.OutputReasons());
        Assert.All(second.OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(
            first.Result.GeneratedSources.Select(source => source.SourceText.ToString()),
            second.Result.GeneratedSources.Select(source => source.SourceText.ToString()));
    }

    [Fact]
    public void Every_snapshot_belongs_to_a_schema()
    {
        var expected = Repository.SchemaNames().Select(Snapshot.PathOf);

        var found = Directory.EnumerateFiles(Repository.Snapshots, "*.verified.txt");

        Assert.Empty(found.Except(expected, StringComparer.Ordinal));
    }
}
