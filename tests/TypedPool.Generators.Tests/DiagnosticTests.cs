using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

/// <summary>Each cause: its id, its exact place, and what is still generated.</summary>
public sealed class DiagnosticTests
{
    private const string Head = "{\"openrpc\":\"1.3.2\",\n\"info\":{\"title\":\"t\",\"version\":\"1\"},\n";

    [Theory]
    [InlineData("", "TP0003", 1, 1)]
    [InlineData(" \n\t", "TP0003", 1, 1)]
    [InlineData("nonsense", "TP0004", 1, 1)]
    [InlineData("{\n  \"openrpc\": \"1.3.2\",\n  oops\n}", "TP0004", 3, 3)]
    [InlineData("[1]", "TP0007", 1, 1)]
    [InlineData("{\"methods\":[]}", "TP0007", 1, 1)]
    [InlineData("\n {\"openapi\":\"3.1.0\",\"paths\":{}}", "TP0007", 2, 2)]
    [InlineData("{\"openrpc\":\"2.0.0\",\"methods\":[]}", "TP0008", 1, 12)]
    [InlineData("{\"openrpc\":1.3,\"methods\":[]}", "TP0009", 1, 12)]
    [InlineData("{\"openrpc\":\"1.3.2\"}", "TP0010", 1, 1)]
    [InlineData("{\"openrpc\":\"1.3.2\",\"methods\":{}}", "TP0009", 1, 30)]
    [InlineData("{\"openrpc\":\"1.3.2\",\"methods\":[],\"methods\":[]}", "TP0005", 1, 33)]
    [InlineData("{\"openrpc\":\"1.3.2\",\"methods\":[1]}", "TP0009", 1, 31)]
    [InlineData("{\"openrpc\":\"1.3.2\",\"methods\":[{}]}", "TP0010", 1, 31)]
    [InlineData("{\"openrpc\":\"1.3.2\",\"methods\":[],\"info\":[]}", "TP0009", 1, 40)]
    [InlineData("{\"openrpc\":\"1.3.2\",\"methods\":[],\"components\":{\"schemas\":{\"A\":5}}}", "TP0009", 1, 62)]
    [InlineData("{\"openrpc\":\"1.3.2\",\"methods\":[],\"x\":\"\\udc00\"}", "TP0006", 1, 37)]
    public void Documents_that_are_none_are_reported_where_they_go_wrong(string document, string id, int line, int column) =>
        AssertFinding(Generation.Of(document), id, line, column);

    [Theory]
    [InlineData("{\"name\":\"a\"},\n{\"name\":\"a\"}", "TP0011", 4, 9)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{}},{\"name\":\"p\",\"schema\":{}}]}", "TP0012", 4, 44)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\"}]}", "TP0010", 4, 11)]
    [InlineData("{\"name\":\"a\",\n\"params\":{}}", "TP0009", 4, 10)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":5}]}", "TP0009", 4, 32)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"$ref\":\"#/x\"}}]}", "TP0013", 4, 40)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"$ref\":\"#/nowhere\"}]}", "TP0013", 4, 19)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"$ref\":\"x.json\"}}]}", "TP0026", 4, 40)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"$ref\":\"https://example.com/x.json\"}}]}", "TP0014", 4, 40)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"type\":\"file\"}}]}", "TP0015", 4, 32)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"type\":7}}]}", "TP0009", 4, 40)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"enum\":{}}}]}", "TP0009", 4, 40)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"enum\":[\"x\"],\"x-enumNames\":[]}}]}", "TP0025", 4, 60)]
    [InlineData("{\"name\":\"a\",\n\"x-streaming\":true}", "TP0016", 4, 15)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"type\":\"string\"},\"x-streaming\":true}]}", "TP0016", 4, 64)]
    [InlineData("{\"name\":\"a\",\n\"x-streaming\":true,\"result\":{\"name\":\"r\",\"schema\":{\"type\":[\"array\",\"null\"],\"items\":{}}}}", "TP0016", 4, 15)]
    [InlineData("{\"name\":\"a\",\n\"paramStructure\":\"by-position\",\"params\":[{\"name\":\"p\",\"schema\":{}},{\"name\":\"q\",\"required\":true,\"schema\":{}}]}", "TP0018", 4, 42)]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"clone\",\"schema\":{}}]}", "TP0017", 4, 11)]
    public void A_fault_of_one_command_is_reported_at_its_place_and_leaves_the_others(string method, string id, int line, int column)
    {
        var generation = Generation.Of($"{Head}\"methods\":[{method},{{\"name\":\"other\"}}]}}");

        AssertFinding(generation, id, line, column);
        Assert.Contains("Sample.PythonCommands-command-OtherAsync.g.cs", generation.HintNames);
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("{\"name\":\"a\",\n\"parms\":[]}", 1, "parms", "params")]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"requried\":true,\"schema\":{}}]}", 23, "requried", "required")]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"type\":\"object\",\"proprties\":{}}}]}", 49, "proprties", "properties")]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"properties\":{\"type\":{\"Type\":\"string\"}}}}]}", 55, "Type", "type")]
    [InlineData("{\"name\":\"a\",\n\"params\":[{\"name\":\"p\",\"schema\":{\"anyOf\":[{\"$def\":{}}]}}]}", 43, "$def", "$defs")]
    [InlineData("{\"name\":\"a\",\n\"errors\":[{\"code\":1,\"mesage\":\"m\"}]}", 21, "mesage", "message")]
    public void A_misspelt_keyword_is_reported_at_its_place_with_what_was_meant(string method, int column, string written, string meant)
    {
        var generation = Generation.Of($"{Head}\"methods\":[{method}]}}");

        AssertFinding(generation, "TP0027", 4, column);
        Assert.Contains($"\"{written}\" means nothing here; did you mean \"{meant}\"?", Assert.Single(generation.Findings).GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"x-parms\":[],\"summery\":1,\"summary\":\"s\",\"metadata\":{}")]
    [InlineData("\"params\":[{\"name\":\"p\",\"schema\":{\"properties\":{\"requried\":{},\"tpye\":{}},\"default\":{\"tpye\":1},\"examples\":[{\"tpye\":1}]}}]")]
    public void A_name_that_is_somebodys_own_is_no_misspelt_keyword(string members) =>
        Assert.DoesNotContain(Generation.Of($"{Head}\"methods\":[{{\"name\":\"a\",{members}}}]}}").Findings, finding => finding.Id == "TP0027");

    [Fact]
    public void What_stands_before_a_cut_is_generated_and_only_the_cut_is_reported()
    {
        var schema = Repository.Schema("contract");
        var cut = schema[..schema.IndexOf("\"name\": \"store\"", StringComparison.Ordinal)];

        var generation = Generation.Of(cut);

        Assert.Equal("TP0004", Assert.Single(generation.Findings).Id);
        Assert.Contains("Sample.PythonCommands-command-ClassifyAsync.g.cs", generation.HintNames);
        Assert.Empty(generation.CompilationErrors());
    }

    [Fact]
    public void A_parameter_that_is_a_reference_to_a_schema_is_called_after_it_and_said_so()
    {
        var generation = Generation.Of($$$"""
            {"openrpc":"1.3.2","methods":[{"name":"m","params":[
              {"$ref":"#/components/schemas/Foo~1Bar"}, {"name":"other","schema":{"type":"integer"}} ]}],
             "components":{"schemas":{"Foo/Bar":{"type":"string"} } } }
            """);

        AssertFinding(generation, "TP0016", 2, 3);
        var code = generation.Source("Sample.PythonCommands-command-MAsync.g.cs");
        Assert.Contains("MAsync(string? fooBar = null, long? other = null, ", code, StringComparison.Ordinal);
        Assert.Contains("Encoded(\"Foo/Bar\")", code, StringComparison.Ordinal);
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("1.0.0-rc1")]
    [InlineData("1.0.0")]
    [InlineData("1.2.6")]
    [InlineData("1.3.2")]
    [InlineData("1.4.1")]
    public void Every_version_of_OpenRPC_1_is_read(string version)
    {
        var generation = Generation.Of($$"""{"openrpc":"{{version}}","methods":[{"name":"m"}]}""");

        Assert.Empty(generation.Findings);
        Assert.Contains("Sample.PythonCommands-command-MAsync.g.cs", generation.HintNames);
    }

    [Fact]
    public void A_wrong_reference_proposes_the_nearest_name()
    {
        var generation = Generation.Of(Repository.Schema("foreign"));

        var dangling = Assert.Single(generation.Findings, finding => finding.Id == "TP0013");

        Assert.Contains("did you mean \"block\"?", dangling.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1x", null, null, "TP0019")]
    [InlineData("A..B", null, null, "TP0019")]
    [InlineData(null, "My Commands", null, "TP0020")]
    [InlineData(null, "A.B", null, "TP0020")]
    [InlineData(null, null, "private", "TP0021")]
    public void Options_that_are_not_valid_are_reported_and_replaced(string? ns, string? name, string? accessibility, string id)
    {
        var file = new SchemaFile(Repository.Schema("contract"));

        var generation = Generation.Of([file], new ProjectOptions { Files = { [file.Path] = (ns, name, accessibility) } });

        Assert.Equal(id, Assert.Single(generation.Findings).Id);
        Assert.Contains("Sample.PythonCommands.g.cs", generation.HintNames);
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("class.record", "var", "internal")]
    [InlineData("System", "ClassifyAsync", "public")]
    [InlineData("TypedPool", "String", "internal")]
    public void Options_may_be_awkward(string ns, string name, string accessibility)
    {
        var file = new SchemaFile(Repository.Schema("contract"));

        var generation = Generation.Of([file], new ProjectOptions { Files = { [file.Path] = (ns, name, accessibility) } });

        Assert.DoesNotContain(generation.Findings, finding => finding.Severity > DiagnosticSeverity.Info);
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("My.App-1", "My.App_1.PythonCommands.g.cs")]
    [InlineData("", "Python.PythonCommands.g.cs")]
    [InlineData(null, "Python.PythonCommands.g.cs")]
    public void The_namespace_is_the_projects_if_the_schema_names_none(string? root, string expected)
    {
        var generation = Generation.Of([new SchemaFile(Repository.Schema("contract"))], new ProjectOptions(root));

        Assert.Contains(expected, generation.HintNames);
        Assert.Empty(generation.CompilationErrors());
    }

    [Fact]
    public void Of_two_schemas_with_one_name_the_first_is_generated()
    {
        var schema = Repository.Schema("contract");

        var generation = Generation.Of([new SchemaFile(schema, "/project/b.json"), new SchemaFile(schema, "/project/a.json")]);

        var finding = Assert.Single(generation.Findings);
        Assert.Equal(("TP0022", "/project/b.json"), (finding.Id, finding.Location.GetLineSpan().Path));
        Assert.Empty(generation.CompilationErrors());
        Assert.NotEmpty(generation.HintNames);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp10, 1)]
    [InlineData(LanguageVersion.CSharp11, 0)]
    public void A_language_that_is_too_old_is_reported_once(LanguageVersion version, int expected)
    {
        var driver = Generation.CreateDriver([new SchemaFile(Repository.Schema("contract"))], version: version);

        var result = driver.RunGenerators(Generation.Compile("", version), TestContext.Current.CancellationToken).GetRunResult();

        Assert.Equal(expected, result.Diagnostics.Count(diagnostic => diagnostic.Id == "TP0023"));
    }

    [Fact]
    public void A_build_says_once_how_much_is_typed()
    {
        var options = new ProjectOptions { Files = { ["/project/b.json"] = (null, "Second", null) } };

        var generation = Generation.Of(
            [new SchemaFile(Repository.Schema("contract")), new SchemaFile(Repository.Schema("documentation"), "/project/b.json")], options);

        var line = Assert.Single(generation.Diagnostics, diagnostic => diagnostic.Id == "TP0024");
        Assert.Equal("TypedPool: 23 of 25 positions typed", line.GetMessage());
    }

    [Fact]
    public void A_project_without_schemas_hears_nothing()
    {
        var generation = Generation.Of([]);

        Assert.Empty(generation.Diagnostics);
        Assert.Empty(generation.HintNames);
    }

    [Fact]
    public void Whatever_goes_wrong_inside_is_a_diagnostic_of_its_own()
    {
        var file = new SchemaFile(Repository.Schema("contract")) { OnRead = () => throw new InvalidOperationException("planted") };

        var generation = Generation.Of([file]);

        var finding = Assert.Single(generation.Findings);
        Assert.Equal("TP0001", finding.Id);
        Assert.Contains("InvalidOperationException: planted", finding.GetMessage(), StringComparison.Ordinal);
    }

    private static void AssertFinding(Generation generation, string id, int line, int column)
    {
        var finding = Assert.Single(generation.Findings);
        var place = finding.Location.GetLineSpan();
        Assert.Equal((id, line, column), (finding.Id, place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1));
        Assert.Equal("/project/commands.openrpc.json", place.Path);
    }
}
