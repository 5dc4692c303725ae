using System.Security.Cryptography;
using System.Text;
using TypedPool.Generators.Json;
using TypedPool.Generators.Schema;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Contracts;

/// <summary>The text that generated code sends to a worker with another contract: the one that Python hashes.</summary>
public sealed class ContractTextTests
{
    public static TheoryData<string> Exported => [.. Directory
        .EnumerateFiles(Repository.Root, "*.openrpc.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "artifacts"))
        .Where(file => File.ReadAllText(Path.Combine(Repository.Root, file)).Contains("x-typedpool", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Exported))]
    public void It_has_the_hash_that_Python_has_written(string file)
    {
        var root = JsonParser.Parse(File.ReadAllText(Path.Combine(Repository.Root, file)), TestContext.Current.CancellationToken).Root!;

        var text = ContractText.Of(root);

        Assert.NotNull(text);
        var stated = root["info"]!["x-typedpool"]!["contract"]!.Text;
        Assert.Equal(stated, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData("""{"methods":[]}""")]
    [InlineData("""{"methods":[{"name":"f","params":[]}],"components":{"schemas":{}}}""")]
    [InlineData("""{"methods":[{"name":"f","params":[{"name":"a"}],"result":{"schema":{}}}],"components":{"schemas":{}}}""")]
    [InlineData("""{"methods":[{"params":[],"result":{"schema":{}}}],"components":{"schemas":{}}}""")]
    [InlineData("""{"methods":[{"name":"f","params":[],"result":{"schema":{}},"errors":[{"code":1}]}],"components":{"schemas":{}}}""")]
    public void What_is_not_built_as_Python_writes_it_has_none(string document) =>
        Assert.Null(ContractText.Of(JsonParser.Parse(document, TestContext.Current.CancellationToken).Root!));

    [Fact]
    public void It_is_sorted_without_words_and_with_names_that_look_like_words()
    {
        const string Document = """
            {"methods":[{"name":"f","params":[{"name":"b","required":true,"schema":{"type":"integer","enum":[10,9],"description":"no"}}],
            "result":{"schema":{"properties":{"description":{"type":"string","default":{"description":"\u0001é\"😀"}}},"required":["b","a"],"x-enumNames":[]}},
            "errors":[{"code":7,"x-type":"m.E","x-fields":{"type":"object"}}]}],"components":{"schemas":{}}}
            """;

        Assert.Equal(
            """
            {"methods":{"f":{"errors":{"7":{"fields":{"type":"object"},"type":"m.E"}},"idempotent":false,"params":{"b":{"required":true,"schema":{"enum":[9,10],"type":"integer"}}},"result":{"properties":{"description":{"default":{"description":"\u0001é\"😀"},"type":"string"}},"required":["a","b"]}}},"schemas":{}}
            """,
            ContractText.Of(JsonParser.Parse(Document, TestContext.Current.CancellationToken).Root!));
    }

    [Fact]
    public void It_has_what_has_no_order_in_one_order()
    {
        const string Document = """
            {"methods":[{"name":"f","params":[],"result":{"schema":
            {"anyOf":[{"type":"null"},{"type":"string","enum":["😀","\ue000"]},{"type":"object","propertyNames":{"x-key":{"type":"integer","enum":[2,1]}}},{"type":"integer","x-flags":[2,1]}]}
            }}],"components":{"schemas":{}}}
            """;

        Assert.Contains(
            """
            {"anyOf":[{"enum":["\ue000","😀"],"type":"string"},{"propertyNames":{"x-key":{"enum":[1,2],"type":"integer"}},"type":"object"},{"type":"integer","x-flags":[1,2]},{"type":"null"}]}
            """.Replace("\\ue000", "\ue000", StringComparison.Ordinal),
            ContractText.Of(JsonParser.Parse(Document, TestContext.Current.CancellationToken).Root!), StringComparison.Ordinal);
    }
}
