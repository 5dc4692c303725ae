using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

public sealed class PositionTests
{
    public static TheoryData<string> Schemas() => [.. Repository.SchemaNames()];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void White_space_moves_diagnostics_and_nothing_else(string schema)
    {
        var text = Repository.Schema(schema);
        var file = new SchemaFile(text);
        var first = Generation.Of([file]);

        var second = first.Then(driver => driver.ReplaceAdditionalText(file, new SchemaFile("\n" + text.Replace("{ ", "{\t\r\n ", StringComparison.Ordinal))));

        Assert.All(new[] { Steps.Readings, Steps.Models, Steps.Files }.SelectMany(second.Reasons), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(second.Anew().Diagnostics.Select(diagnostic => diagnostic.ToString()), second.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.All(first.Findings.Zip(second.Findings), pair => Assert.NotEqual(pair.First.ToString(), pair.Second.ToString()));
        Assert.All(first.Findings.Zip(second.Findings), pair => Assert.Equal(pair.First.GetMessage(CultureInfo.InvariantCulture), pair.Second.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void White_space_in_a_file_that_is_referred_to_moves_its_diagnostics()
    {
        var schema = new SchemaFile("""
            {"openrpc":"1.3.2","methods":[{"name":"m","params":[],"result":{"name":"r","schema":{"$ref":"types.other.json#/A"}}}]}
            """);
        var other = new SchemaFile("""{"A":{"type":"object","properties":{"a":{"not":{}}}}}""", "/project/types.other.json");
        var first = Generation.Of([schema, other]);

        var second = first.Then(driver => driver.ReplaceAdditionalText(other, new SchemaFile("""{"A":{"type":"object",   "properties":{"a":{"not":{}}}}}""", other.Path)));

        Assert.All(second.Reasons(Steps.Readings), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        var before = Assert.Single(first.Findings).Location.GetLineSpan();
        var after = Assert.Single(second.Findings).Location.GetLineSpan();
        Assert.Equal((other.Path, before.StartLinePosition.Character + 3), (after.Path, after.StartLinePosition.Character));
    }
}
