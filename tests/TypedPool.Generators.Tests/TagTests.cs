using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

/// <summary>Which members tell records apart, and which are set by themselves.</summary>
public sealed class TagTests
{
    private const string Tagged = """
        "kind":{"const":"%"},"size":{"type":"integer"}
        """;

    [Theory]
    [InlineData("{\"type\":\"number\",\"enum\":[0.5]}", "{\"type\":\"number\",\"enum\":[1.5]}")]
    [InlineData("{\"enum\":[true]}", "{\"enum\":[false]}")]
    [InlineData("{\"type\":\"integer\",\"x-flags\":[1]}", "{\"type\":\"integer\",\"x-flags\":[2]}")]
    public void Only_strings_and_integers_are_tags(string one, string other)
    {
        var generation = Generation.Of(Union($"\"first\":{one},{Tagged.Replace('%', 'a')}", $"\"first\":{other},{Tagged.Replace('%', 'b')}", "[\"first\",\"kind\"]"));

        var reader = generation.Source("Sample.PythonCommands-type-AResult.g.cs");
        Assert.Contains("ValueTextEquals(\"kind\"u8)", reader, StringComparison.Ordinal);
        Assert.DoesNotContain("ValueTextEquals(\"first\"u8)", reader, StringComparison.Ordinal);
        Assert.Empty(generation.CompilationErrors());
    }

    [Theory]
    [InlineData("[\"kind\",\"size\"]", "", "public global::Sample.AResultKind Kind { get; init; } = ")]
    [InlineData("[\"size\"]", ",\"default\":\"a\"", "public global::Sample.AResultKind Kind { get; init; } = ")]
    [InlineData("[\"size\"]", "", "public global::Sample.AResultKind? Kind { get; init; }\n")]
    public void A_member_of_one_value_is_set_by_itself_unless_to_be_without_it_means_something(string required, string more, string property)
    {
        var generation = Generation.Of(Method($$"""
            {"type":"object","properties":{"kind":{"enum":["a"]{{more}} },"size":{"type":"integer"} },"required":{{required}},"additionalProperties":false}
            """));

        Assert.Contains(property, generation.Source("Sample.PythonCommands-type-AResult.g.cs"), StringComparison.Ordinal);
        Assert.Empty(generation.CompilationErrors());
    }

    private static string Union(string one, string other, string required) => Method($$"""
        {"oneOf":[{"type":"object","properties":{ {{one}} },"required":{{required}} },{"type":"object","properties":{ {{other}} },"required":{{required}} }]}
        """);

    private static string Method(string result) =>
        $$"""{"openrpc":"1.3.2","info":{"title":"t","version":"1"},"methods":[{"name":"a","params":[],"result":{"name":"r","schema":{{result}} } }]}""";
}
