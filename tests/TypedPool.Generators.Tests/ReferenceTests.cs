using Microsoft.CodeAnalysis;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

/// <summary>Where references lead: within the document, to other files of the project, and nowhere.</summary>
public sealed class ReferenceTests
{
    private const string Label = """{"type":"object","properties":{"name":{"type":"string"},"next":{"$ref":"#"}},"required":["name"]}""";
    private const string Path = "/project/shared/label.other.json";

    [Theory]
    [InlineData("shared/label.other.json")]
    [InlineData("./shared/../shared/label.other.json#")]
    [InlineData("shared/label%2Eother.json#/properties/next")]
    [InlineData("shared\\\\label.other.json")]
    public void A_file_of_the_project_is_found_by_its_path(string reference)
    {
        var generation = Generation.Of([Document(reference), new SchemaFile(Label, Path)]);

        Assert.Empty(generation.Findings);
        Assert.Contains("Task<global::Sample.Label>", generation.Source("Sample.PythonCommands-command-MAsync.g.cs"), StringComparison.Ordinal);
        Assert.Contains("global::Sample.Label? Next", generation.Source("Sample.PythonCommands-type-Label.g.cs"), StringComparison.Ordinal);
        Assert.Empty(generation.CompilationErrors());
    }

    [Fact]
    public void A_part_of_a_file_may_refer_on_to_a_third_and_back()
    {
        const string Types = """{"definitions":{"Box":{"type":"object","properties":{"label":{"$ref":"label.other.json"},"size":{"$ref":"../commands.openrpc.json#/components/schemas/Size"}}}}}""";

        var generation = Generation.Of(
            [Document("shared/types.other.json#/definitions/Box"), new SchemaFile(Types, "/project/shared/types.other.json"), new SchemaFile(Label, Path)]);

        Assert.Empty(generation.Findings);
        var box = generation.Source("Sample.PythonCommands-type-Box.g.cs");
        Assert.Contains("global::Sample.Label? Label", box, StringComparison.Ordinal);
        Assert.Contains("long? Size", box, StringComparison.Ordinal);
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("shared/lable.other.json", "TP0026")]
    [InlineData("shared/label.other.json#/properties/nam", "TP0013")]
    [InlineData("https://example.com/label.json", "TP0014")]
    public void What_is_not_there_is_reported_at_the_reference_and_is_any_value(string reference, string id)
    {
        var generation = Generation.Of([Document(reference), new SchemaFile(Label, Path)]);

        var finding = Assert.Single(generation.Findings);
        Assert.Equal((id, "/project/commands.openrpc.json"), (finding.Id, finding.Location.GetLineSpan().Path));
        Assert.Equal(id == "TP0013", finding.GetMessage().Contains("did you mean \"name\"?", StringComparison.Ordinal));
        Assert.Contains("JsonElement", generation.Source("Sample.PythonCommands-command-MAsync.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_another_file_is_reported_there()
    {
        var generation = Generation.Of([Document("shared/label.other.json"), new SchemaFile("{\n  \"type\": \"fil\" }", Path)]);

        var finding = Assert.Single(generation.Findings);
        var place = finding.Location.GetLineSpan();
        Assert.Equal(("TP0015", Path, 0), (finding.Id, place.Path, place.StartLinePosition.Line));

        var broken = Assert.Single(Generation.Of([Document("shared/label.other.json"), new SchemaFile("{\n oops", Path)]).Findings);
        Assert.Equal(("TP0004", Path, 1), (broken.Id, broken.Location.GetLineSpan().Path, broken.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Theory]
    [InlineData("shared/label.other.json")]
    [InlineData("shared/label.other.json#/properties/inner")]
    public void A_misspelt_keyword_of_another_file_is_reported_there_once(string reference)
    {
        const string Misspelt = """
            {"type":"object","author":1,"properties":{"inner":{"type":"object",
              "requried":["x"],"properties":{"x":{"type":"integer"},"again":{"$ref":"#/properties/inner"}}}}}
            """;

        var generation = Generation.Of([Document(reference), new SchemaFile(Misspelt, Path)]);

        var finding = Assert.Single(generation.Findings);
        var place = finding.Location.GetLineSpan();
        Assert.Equal(("TP0027", Path, 1, 2), (finding.Id, place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character));
        Assert.Contains("did you mean \"required\"?", finding.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_beside_a_schema_in_another_file_is_nobodys_keyword()
    {
        var generation = Generation.Of(
            [Document("shared/label.other.json#/types/A"), new SchemaFile("""{"tpye":1,"types":{"A":{"type":"string"},"B":{"tpye":"string"}}}""", Path)]);

        Assert.Empty(generation.Findings);
    }

    [Theory]
    [InlineData("#item")]
    [InlineData("#old")]
    [InlineData("#/components/schemas/Outer/$defs/Inner")]
    [InlineData("https://example.com/outer.json#/$defs/Inner")]
    [InlineData("https://example.com/inner")]
    [InlineData("#/components/contentDescriptors/Inner")]
    public void Schemas_are_found_by_every_name_that_they_have(string reference)
    {
        var generation = Generation.Of($$$$$$"""
            {"openrpc":"1.3.2","methods":[{"name":"m","result":{"name":"r","schema":{"$ref":"{{{{{{reference}}}}}}"}}}],
            "components":{"schemas":{"Outer":{"$id":"https://example.com/outer.json","type":"object","properties":{"own":{"$ref":"#/$defs/Inner"}},
            "$defs":{"Inner":{"$anchor":"item","$id":"inner","type":"object","properties":{"x":{"type":"integer"}}},
            "Old":{"$id":"#old","$ref":"inner"}}}},
            "contentDescriptors":{"Inner":{"name":"i","schema":{"$ref":"https://example.com/inner"}}}}}
            """);

        Assert.Empty(generation.Findings);
        Assert.Contains("Task<global::Sample.Inner>", generation.Source("Sample.PythonCommands-command-MAsync.g.cs"), StringComparison.Ordinal);
        Assert.Contains("global::Sample.Inner? Own", generation.Source("Sample.PythonCommands-type-Outer.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_of_a_file_that_is_referred_to_is_read_and_of_any_other_is_not()
    {
        var label = new SchemaFile(Label, Path);
        var other = new SchemaFile("{}", "/project/unrelated.other.json");
        var first = Generation.Of([Document("shared/label.other.json"), label, other]);

        var unrelated = first.Then(driver => driver.ReplaceAdditionalText(other, new SchemaFile("[]", other.Path)));
        var edited = first.Then(driver => driver.ReplaceAdditionalText(label, new SchemaFile(Label.Replace("next", "last", StringComparison.Ordinal), Path)));

        Assert.All(unrelated.Reasons(Steps.Readings), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Contains("Last", edited.Source("Sample.PythonCommands-type-Label.g.cs"), StringComparison.Ordinal);
        Assert.Single(edited.Reasons(Steps.Files), reason => reason == IncrementalStepRunReason.Modified);
    }

    private static SchemaFile Document(string reference) => new($$$$$$"""
        {"openrpc":"1.3.2","methods":[{"name":"m","result":{"name":"r","schema":{"$ref":"{{{{{{reference}}}}}}"}}}],
        "components":{"schemas":{"Size":{"type":"integer"}}}}
        """);
}
