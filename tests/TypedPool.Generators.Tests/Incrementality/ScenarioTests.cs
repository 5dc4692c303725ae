using Microsoft.CodeAnalysis;
using TypedPool.Generators.Model;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

/// <summary>Does every edit of the table, and holds the reasons of every step against it.</summary>
public sealed class ScenarioTests
{
    private const string Letters = "CUMNR";

    public static TheoryData<string> Names() => [.. Scenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_step_runs_for_the_reason_in_the_table(string name)
    {
        var scenario = Scenarios.All.Single(scenario => scenario.Name == name);

        var second = scenario.Edit(scenario.Begin());

        Assert.Equal((scenario.Reasons, string.Join(' ', scenario.Rewritten)), (Reasons(second), string.Join(' ', Rewritten(second))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_comes_out_is_what_a_first_run_makes(string name)
    {
        var scenario = Scenarios.All.Single(scenario => scenario.Name == name);

        var second = scenario.Edit(scenario.Begin());

        Assert.Equal(Outcome(second.Anew()), Outcome(second));
    }

    internal static string Reasons(Generation generation) =>
        string.Join(' ', StepNames.All.Select(step => Shown(generation.Reasons(step)))) + " | " + Shown(generation.OutputReasons());

    internal static string[] Outcome(Generation generation) =>
    [
        .. generation.Diagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal),
        .. generation.Result.GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Rewritten(Generation generation) => generation.Result.TrackedSteps[Steps.Files]
        .SelectMany(run => run.Outputs)
        .Where(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
        .Select(output => ((FileModel)output.Value).HintName.Split("PythonCommands")[1][..^".g.cs".Length])
        .Order(StringComparer.Ordinal);

    private static string Shown(IEnumerable<IncrementalStepRunReason> reasons)
    {
        var letters = reasons.Select(Letter).Distinct().OrderBy(letter => Letters.IndexOf(letter, StringComparison.Ordinal));
        return string.Concat(letters) is { Length: > 0 } shown ? shown : "-";
    }

    private static char Letter(IncrementalStepRunReason reason) => reason switch
    {
        IncrementalStepRunReason.Cached => 'C',
        IncrementalStepRunReason.Unchanged => 'U',
        IncrementalStepRunReason.Modified => 'M',
        IncrementalStepRunReason.New => 'N',
        _ => 'R',
    };
}
