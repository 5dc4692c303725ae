using System.Text;
using TypedPool.Generators.Model;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Robustness;

public sealed class SizeTests
{
    [Fact]
    public void Above_two_hundred_files_parts_are_grouped_by_name()
    {
        var few = Generation.Of(Commands(FileLayout.MostSingleFiles - 1));
        var many = Generation.Of(Commands(FileLayout.MostSingleFiles));
        var more = Generation.Of(Commands(FileLayout.MostSingleFiles + 1));

        Assert.Equal(FileLayout.MostSingleFiles, few.HintNames.Count());
        Assert.InRange(many.HintNames.Count(), 64, FileLayout.Groups + 1);
        Assert.Single(many.Result.GeneratedSources, source => more.Source(source.HintName) != source.SourceText.ToString());
        Assert.Empty(many.CompilationErrors());
    }

    [Fact]
    public void Huge_enums_and_objects_compile()
    {
        var values = string.Join(",", Enumerable.Range(0, 1000).Select(i => $"\"v{i}\""));
        var members = string.Join(",", Enumerable.Range(0, 400).Select(i => $"\"m{i}\":{{\"type\":\"integer\"}}"));

        var generation = Generation.Of($$$"""
            {"openrpc":"1.3.2","methods":[{"name":"m","params":[{"name":"e","schema":{"enum":[{{{values}}}]}}],
            "result":{"name":"r","schema":{"type":"object","properties":{ {{{members}}} } } } }]}
            """);

        Assert.Empty(generation.Findings);
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("{\"type\":\"array\",\"items\":", "}", 250)]
    [InlineData("{\"anyOf\":[", "]}", 160)]
    [InlineData("{\"type\":\"object\",\"properties\":{\"a\":", "}}", 160)]
    public void Deep_schemas_end(string open, string close, int depth)
    {
        var schema = new StringBuilder().Insert(0, open, depth).Append("{\"type\":\"string\"}");
        for (var i = 0; i < depth; i++)
        {
            schema.Append(close);
        }

        var generation = Generation.Of($$$"""{"openrpc":"1.3.2","methods":[{"name":"m","params":[{"name":"p","schema":{{{schema}}}}]}]}""");

        Assert.DoesNotContain(generation.Findings, finding => finding.Id is "TP0001" or "TP0004");
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Long_chains_of_references_end(bool isReversed)
    {
        var numbers = Enumerable.Range(0, 5000);
        var chain = string.Join(",", (isReversed ? numbers.Reverse() : numbers).Select(i =>
            $"\"S{i}\":{{\"type\":\"array\",\"items\":{{\"$ref\":\"#/components/schemas/S{i + 1}\"}}}}"));

        var generation = Generation.Of($$$"""{"openrpc":"1.3.2","methods":[{"name":"m","result":{"name":"r","schema":{"$ref":"#/components/schemas/S0"} } }],"components":{"schemas":{ {{{chain}}},"S5000":{"type":"string"} } } }""");

        Assert.DoesNotContain(generation.Findings, finding => finding.Id == "TP0001");
        Assert.Empty(generation.CompilationErrors());
    }

    private static string Commands(int count) =>
        $$$"""{"openrpc":"1.3.2","methods":[{{{string.Join(",", Enumerable.Range(0, count).Select(i => $"{{\"name\":\"command{i}\",\"params\":[]}}"))}}}]}""";
}
