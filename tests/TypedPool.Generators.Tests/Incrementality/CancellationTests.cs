using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

/// <summary>A run that is given up in the middle leaves the driver as it was, and the next run is whole.</summary>
public sealed class CancellationTests
{
    private static readonly string Edited = Scenarios.Schema.Replace("The class docstring.", "Other words.", StringComparison.Ordinal);

    public static TheoryData<string> Moments() => ["asking for the text", "reading the text", "with the first of two read"];

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_run_that_was_cancelled_changes_nothing_for_the_next(string moment)
    {
        using var cancellation = new CancellationTokenSource();
        var second = new SchemaFile(Repository.Schema("nullable"), "/project/second.json");
        var before = Generation.Of([Scenarios.File, second], new ProjectOptions { Files = { [second.Path] = ("Second", "Nulls", "internal") } });
        var cancelling = Cancelling(moment, cancellation);

        var driver = cancelling.Path == second.Path ? before.Driver.ReplaceAdditionalText(second, cancelling) : before.Driver;
        driver = driver.ReplaceAdditionalText(Scenarios.File, cancelling.Path == second.Path ? new SchemaFile(Edited) : cancelling);
        Assert.Throws<OperationCanceledException>(() => driver.RunGenerators(before.Input, cancellation.Token));
        Assert.True(cancellation.IsCancellationRequested);
        var after = before.Then(Scenarios.Replace(Edited));

        Assert.Equal("UM CM CM CM C CUM - - C | CM", ScenarioTests.Reasons(after));
        Assert.Equal(ScenarioTests.Outcome(after.Anew()), ScenarioTests.Outcome(after));
        // The very driver that was cancelled goes on, too.
        Assert.DoesNotContain(driver.RunGenerators(before.Input, CancellationToken.None).GetRunResult().Diagnostics, diagnostic => diagnostic.Id == "TP0001");
    }

    private static AdditionalText Cancelling(string moment, CancellationTokenSource cancellation) => moment switch
    {
        "asking for the text" => new SchemaFile(Edited) { OnRead = cancellation.Cancel },
        "reading the text" => new CancellingFile(Edited, cancellation),
        _ => new SchemaFile(Repository.Schema("nullable") + " ", "/project/second.json") { OnRead = cancellation.Cancel },
    };

    /// <summary>A file whose text cancels the run when it is looked into: by then the reading has begun.</summary>
    private sealed class CancellingFile(string content, CancellationTokenSource cancellation) : AdditionalText
    {
        public override string Path => Scenarios.File.Path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => new Text(content, cancellation);

        private sealed class Text(string content, CancellationTokenSource cancellation) : SourceText
        {
            public override Encoding Encoding => Encoding.UTF8;

            public override int Length => content.Length;

            public override char this[int position] => content[position];

            public override string ToString(TextSpan span)
            {
                cancellation.Cancel();
                return content.Substring(span.Start, span.Length);
            }

            public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) =>
                content.CopyTo(sourceIndex, destination, destinationIndex, count);
        }
    }
}
