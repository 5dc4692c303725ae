using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

/// <summary>Objects with alternatives, where there are more of them than can be generated, or where they lead back to themselves.</summary>
public sealed class CombinationTests
{
    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void Alternatives_are_multiplied_out_up_to_64(int groups, bool isTyped)
    {
        var all = string.Join(',', Enumerable.Range(0, groups).Select(i =>
            $$"""{"oneOf":[{"properties":{"a{{i}}":{"const":1} },"required":["a{{i}}"]},{"properties":{"b{{i}}":{"const":2} },"required":["b{{i}}"]}]}"""));

        var generation = Generation.Of(Document($$"""{"allOf":[{{all}}]}""", "{}"));

        // So many records have no member of their own each; but they were made, and compared.
        Assert.Contains(generation.Findings, finding => finding.Id == (isTyped ? "TP0028" : "TP0029"));
        Assert.Empty(generation.CompilationErrors());
    }

    [Fact]
    public void Schemas_that_join_each_other_in_more_ways_than_can_be_looked_at_are_given_up()
    {
        var chain = string.Join(',', Enumerable.Range(0, 40).Select(i =>
            $$"""
            "C{{i}}":{"allOf":[{"$ref":"#/components/schemas/C{{i + 1}}"},{"$ref":"#/components/schemas/C{{i + 1}}"}]}
            """));

        var generation = Generation.Of(Document("""{"$ref":"#/components/schemas/C0"}""", $$"""{ {{chain}},"C40":{"type":"object","properties":{"x":{"type":"integer"} } } }"""));

        Assert.Contains(generation.Findings, finding => finding.Id == "TP0029");
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("""{"properties":{"x":{"type":"integer"}},"oneOf":[{"$ref":"#/components/schemas/A"},{"properties":{"y":{"type":"string"}},"required":["y"]}]}""")]
    [InlineData("""{"properties":{"x":{"type":"integer"}},"allOf":[{"anyOf":[{"$ref":"#/components/schemas/A"}]}]}""")]
    [InlineData("""{"$ref":"#/components/schemas/A","oneOf":[{"$ref":"#/components/schemas/A"}]}""")]
    public void Alternatives_that_lead_back_to_themselves_end(string schema)
    {
        var generation = Generation.Of(Document("""{"$ref":"#/components/schemas/A"}""", $$"""{"A":{{schema}} }"""));

        Assert.DoesNotContain(generation.Findings, finding => finding.Id == "TP0001");
        Assert.Empty(generation.CompilationErrors());
    }

    [Fact]
    public void An_alternative_of_two_groups_has_the_members_of_both()
    {
        const string Kinds = """
            "oneOf":[{"properties":{"size":{"type":"integer"}},"required":["size"]}],
            "anyOf":[{"$ref":"#/components/schemas/B"},{"$ref":"#/components/schemas/C"}]
            """;

        var generation = Generation.Of(Document("""{"$ref":"#/components/schemas/A"}""", $$"""
            {"A":{"properties":{"x":{"type":"integer"} },{{Kinds}} },
             "B":{"allOf":[{"$ref":"#/components/schemas/A"}],"properties":{"b":{"type":"string"} },"required":["b"]},
             "C":{"properties":{"c":{"type":"string"} },"required":["c"]} }
            """));

        foreach (var (name, member) in (IEnumerable<(string, string)>)[("B", "string BValue"), ("ACWithSize", "string C")])
        {
            var record = generation.HintNames.Single(hint => hint.EndsWith($"-type-{name}.g.cs", StringComparison.Ordinal));
            Assert.Contains("long Size", generation.Source(record), StringComparison.Ordinal);
            Assert.Contains("long? X", generation.Source(record), StringComparison.Ordinal);
        }

        Assert.Empty(generation.CompilationErrors());
    }

    [Fact]
    public void A_name_stays_whatever_other_alternatives_come()
    {
        var before = Generation.Of(Document("""{"$ref":"#/components/schemas/A"}""", """{"A":{"properties":{"x":{"type":"integer"}},"oneOf":[{"title":"one","required":["x"],"properties":{"y":{"type":"string"}}},{"required":["z"],"properties":{"z":{"type":"string"}}}]}}"""));
        var after = Generation.Of(Document("""{"$ref":"#/components/schemas/A"}""", """{"A":{"properties":{"x":{"type":"integer"}},"oneOf":[{"required":["w"],"properties":{"w":{"type":"string"}}},{"required":["z"],"properties":{"z":{"type":"string"}}},{"title":"one","required":["x"],"properties":{"y":{"type":"string"}}}]}}"""));

        Assert.Contains("Sample.PythonCommands-type-AOne.g.cs", before.HintNames);
        Assert.Contains("Sample.PythonCommands-type-AOne.g.cs", after.HintNames);
        Assert.Contains("Sample.PythonCommands-type-AWithZ.g.cs", before.HintNames);
        Assert.Contains("Sample.PythonCommands-type-AWithZ.g.cs", after.HintNames);
    }

    private static string Document(string schema, string components) => $$"""
        {"openrpc":"1.3.2","info":{"title":"t","version":"1"},
         "methods":[{"name":"a","params":[],"result":{"name":"r","schema":{{schema}} } }],
         "components":{"schemas":{{components}} } }
        """;
}
