using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPool.Generators.Model;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

/// <summary>What runs again after an edit: each scenario says which steps notice it, and which files are rewritten.</summary>
public sealed class RunReasonTests
{
    private const string Client = "Sample.PythonCommands.g.cs";
    private const string Classify = "Sample.PythonCommands-command-ClassifyAsync.g.cs";
    private const string Store = "Sample.PythonCommands-command-StoreAsync.g.cs";
    private const string Label = "Sample.PythonCommands-type-Label.g.cs";
    private const string Level = "Sample.PythonCommands-type-Level.g.cs";
    private static readonly string[] Reading = [Steps.Schemas, Steps.Readings];
    private static readonly string Schema = Repository.Schema("contract");

    private readonly SchemaFile _file = new(Schema);

    [Fact]
    public void An_unrelated_edit_of_the_code_runs_nothing()
    {
        var second = Generation.Of([_file]).Then(compilation: compilation =>
            compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal class Other;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Other.cs")));

        AssertNoticed(second, []);
        AssertRewritten(second, []);
    }

    [Fact]
    public void An_unrelated_file_runs_nothing_of_ours()
    {
        var second = Generation.Of([_file]).Then(driver => driver.AddAdditionalTexts([new SchemaFile("{}", "/project/x.other.json")]));

        AssertNoticed(second, []);
        AssertRewritten(second, []);
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("\r\n\r\n")]
    public void White_space_is_read_again_and_stops_at_the_model(string space)
    {
        var second = Edit(Schema.Replace("\"methods\"", space + "\"methods\"", StringComparison.Ordinal));

        AssertNoticed(second, Reading);
        AssertStops(second, Steps.Models);
        AssertRewritten(second, []);
    }

    [Fact]
    public void The_order_of_members_in_the_file_stops_at_the_model()
    {
        var second = Edit(Schema.Replace(
            "\"summary\": \"First line of the docstring.\",", "", StringComparison.Ordinal).Replace(
            "\"x-idempotent\": true", "\"x-idempotent\": true, \"summary\": \"First line of the docstring.\"", StringComparison.Ordinal));

        AssertStops(second, Steps.Models);
        AssertRewritten(second, []);
    }

    [Theory]
    [InlineData("First line of the docstring.", Classify)]
    [InlineData("The class docstring.", Label)]
    [InlineData("\"title\": \"commands\"", Client)]
    [InlineData("sha256:4f0c", Client)]
    [InlineData("\"HIGH\"", Level)]
    [InlineData("\"name\": \"limit\"", Classify)]
    public void An_edit_rewrites_what_shows_it_and_no_more(string text, string file)
    {
        var second = Edit(Schema.Replace(text, text.Insert(text.Length - 1, "x"), StringComparison.Ordinal));

        AssertRewritten(second, [file]);
    }

    [Fact]
    public void The_text_of_an_error_rewrites_the_exception_and_the_commands_that_declare_it()
    {
        var second = Edit(Schema.Replace("When it is raised.", "When?", StringComparison.Ordinal));

        AssertRewritten(second, [Classify, "Sample.PythonCommands-type-EmptyTextException.g.cs"]);
    }

    [Fact]
    public void A_new_type_that_none_uses_rewrites_only_what_stands_behind_it()
    {
        const string New = "\"Zebra\": { \"type\": \"string\", \"enum\": [ \"z\" ] }, ";
        var second = Edit(Schema.Replace("\"Kind\":", New + "\"Kind\":", StringComparison.Ordinal));

        AssertRewritten(second, ["Sample.PythonCommands-type-Zebra.g.cs"]);
    }

    [Fact]
    public void A_removed_command_takes_its_file_and_its_writers_away()
    {
        var generation = Generation.Of([_file]);
        var start = Schema.IndexOf("    {\n      \"name\": \"ping\"", StringComparison.Ordinal);
        var end = Schema.IndexOf("    {\n      \"name\": \"store\"", StringComparison.Ordinal);

        var second = generation.Then(Replace(Schema.Remove(start, end - start)));

        Assert.Equal(
            generation.HintNames.Where(name => !name.Contains("Ping", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            second.HintNames.Order(StringComparer.Ordinal));
        Assert.Contains(IncrementalStepRunReason.Removed, second.Reasons(Steps.Files));
    }

    [Fact]
    public void The_order_of_commands_changes_nothing()
    {
        var start = Schema.IndexOf("    {\n      \"name\": \"ping\"", StringComparison.Ordinal);
        var end = Schema.IndexOf("    {\n      \"name\": \"store\"", StringComparison.Ordinal);
        var ping = Schema[start..end];
        var first = Schema.IndexOf("    {\n      \"name\": \"classify\"", StringComparison.Ordinal);

        var second = Edit(Schema.Remove(start, end - start).Insert(first, ping));

        AssertStops(second, Steps.Models);
        AssertRewritten(second, []);
    }

    [Fact]
    public void Options_that_change_rewrite_everything()
    {
        var generation = Generation.Of([_file]);

        var second = generation.Then(driver => driver.WithUpdatedAnalyzerConfigOptions(new ProjectOptions("Other")));

        Assert.Equal(generation.HintNames.Select(name => name.Replace("Sample.", "Other.", StringComparison.Ordinal)), second.HintNames);
        Assert.Empty(second.CompilationErrors());
    }

    [Fact]
    public void Equal_options_in_a_new_provider_run_nothing()
    {
        var second = Generation.Of([_file]).Then(driver => driver.WithUpdatedAnalyzerConfigOptions(new ProjectOptions()));

        AssertNoticed(second, []);
        AssertRewritten(second, []);
    }

    [Fact]
    public void Of_two_documents_the_other_is_left_alone()
    {
        var other = new SchemaFile(Repository.Schema("nullable"), "/project/nullable.json");
        var options = new ProjectOptions { Files = { [other.Path] = ("Second", "Nulls", "internal") } };
        var generation = Generation.Of([_file, other], options);
        Assert.Empty(generation.CompilationErrors());

        var second = generation.Then(Replace(Schema.Replace("The class docstring.", "Other words.", StringComparison.Ordinal)));

        AssertRewritten(second, [Label]);
    }

    [Fact]
    public void A_renamed_file_rewrites_nothing()
    {
        var second = Generation.Of([_file]).Then(driver => driver.ReplaceAdditionalText(_file, new SchemaFile(Schema, "/project/renamed.json")));

        AssertRewritten(second, []);
    }

    [Fact]
    public void A_file_that_cannot_be_read_any_more_takes_the_code_away_and_back_again()
    {
        var unreadable = new SchemaFile(null);
        var generation = Generation.Of([_file]);

        var second = generation.Then(driver => driver.ReplaceAdditionalText(_file, unreadable));
        var third = second.Then(driver => driver.ReplaceAdditionalText(unreadable, new SchemaFile(Schema)));

        Assert.Empty(second.HintNames);
        Assert.Equal("TP0002", Assert.Single(second.Findings).Id);
        Assert.Equal(generation.HintNames, third.HintNames);
    }

    [Fact]
    public void A_cancelled_run_is_cancelled_and_the_next_one_is_whole()
    {
        using var cancellation = new CancellationTokenSource();
        var file = new SchemaFile(Schema) { OnRead = cancellation.Cancel };
        var driver = Generation.CreateDriver([file]);
        var compilation = Generation.Compile("");

        Assert.Throws<OperationCanceledException>(() => driver.RunGenerators(compilation, cancellation.Token));

        Assert.Empty(driver.RunGenerators(compilation, CancellationToken.None).GetRunResult().Diagnostics.Where(diagnostic => diagnostic.Id == "TP0001"));
    }

    [Fact]
    public void A_position_that_moves_moves_its_diagnostic_and_nothing_else()
    {
        var foreign = Repository.Schema("foreign");
        var file = new SchemaFile(foreign);
        var first = Generation.Of([file]);

        var second = first.Then(driver => driver.ReplaceAdditionalText(file, new SchemaFile("\n" + foreign)));

        AssertRewritten(second, []);
        Assert.Equal(
            first.Findings.Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1),
            second.Findings.Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    private static void AssertStops(Generation generation, string step) => Assert.All(
        generation.Reasons(step), reason => Assert.True(reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached, $"{reason}"));

    private Generation Edit(string schema)
    {
        Assert.NotEqual(Schema, schema);
        var second = Generation.Of([_file]).Then(Replace(schema));
        Assert.Empty(second.CompilationErrors());
        return second;
    }

    private Func<GeneratorDriver, GeneratorDriver> Replace(string schema) =>
        driver => driver.ReplaceAdditionalText(_file, new SchemaFile(schema));

    private static void AssertNoticed(Generation generation, string[] steps)
    {
        foreach (var step in StepNames.All.Except(steps, StringComparer.Ordinal))
        {
            Assert.All(generation.Reasons(step), reason =>
                Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {reason}"));
        }
    }

    /// <summary>Exactly these files have a new model; all other outputs are cached.</summary>
    private static void AssertRewritten(Generation generation, string[] files)
    {
        var rewritten = generation.Result.TrackedSteps[Steps.Files]
            .SelectMany(run => run.Outputs)
            .Where(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
            .Select(output => ((FileModel)output.Value).HintName);
        Assert.Equal(files, rewritten.Order(StringComparer.Ordinal));
    }
}
