using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

public sealed class PositionTests
{
    [Fact]
    public void A_position_that_moves_moves_its_diagnostic_and_nothing_else()
    {
        var foreign = Repository.Schema("foreign");
        var file = new SchemaFile(foreign);
        var first = Generation.Of([file]);

        var second = first.Then(driver => driver.ReplaceAdditionalText(file, new SchemaFile("\n" + foreign)));

        Assert.All(second.Reasons(Steps.Files), reason => Assert.Equal(Microsoft.CodeAnalysis.IncrementalStepRunReason.Cached, reason));
        Assert.NotEmpty(first.Findings);
        Assert.Equal(
            first.Findings.Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1),
            second.Findings.Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }
}
