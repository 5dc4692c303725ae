using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Robustness;

/// <summary>The order of a document renames nothing.</summary>
public sealed partial class OrderTests
{
    private const int Orders = 8;
    private static readonly string[] WithoutMeaning = ["methods", "schemas", "definitions", "$defs", "contentDescriptors", "required"];
    private static readonly string[] OnlyInSequence = ["params", "properties", "errors"];

    public static TheoryData<string> Schemas() => [.. Repository.SchemaNames()];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_order_of_commands_and_of_components_changes_no_byte(string schema)
    {
        var expected = Texts(Repository.Schema(schema));

        for (var seed = 0; seed < Orders; seed++)
        {
            var shuffled = Texts(Shuffled(schema, seed, WithoutMeaning));
            Assert.Equal(expected, shuffled);
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_order_of_parameters_and_members_changes_the_sequence_and_no_name(string schema)
    {
        var expected = TokensOf(Repository.Schema(schema));

        for (var seed = 0; seed < Orders; seed++)
        {
            Assert.Equal(expected, TokensOf(Shuffled(schema, seed, [.. WithoutMeaning, .. OnlyInSequence])));
        }
    }

    [Fact]
    public void Of_several_tags_the_same_one_counts_in_every_order()
    {
        Assert.Equal(TokensOf(Tagged("""{"b":{"const":"x"},"a":{"const":1}}""")), TokensOf(Tagged("""{"a":{"const":1},"b":{"const":"x"}}""")));

        static string Tagged(string members) => $$$$$"""
            {"openrpc":"1.3.2","info":{"title":"t","version":"1"},"methods":[{"name":"f","params":[],"result":{"name":"r","schema":{"anyOf":[
            {"$ref":"#/components/schemas/One"},{"$ref":"#/components/schemas/Two"}]}}}],"components":{"schemas":{
            "One":{"type":"object","properties":{{{{{members}}}}},"required":["a","b"]},
            "Two":{"type":"object","properties":{"a":{"const":2},"b":{"const":"y"}},"required":["a","b"]}}}}
            """;
    }

    [Fact]
    public void Of_several_tags_the_same_one_names_a_type_in_place_in_every_order()
    {
        Assert.Equal(TokensOf(Tagged("""{"b":{"const":"x"},"a":{"const":"z"}}""")), TokensOf(Tagged("""{"a":{"const":"z"},"b":{"const":"x"}}""")));

        static string Tagged(string members) => $$$$$"""
            {"openrpc":"1.3.2","info":{"title":"t","version":"1"},"methods":[{"name":"f","params":[],"result":{"name":"r","schema":{"anyOf":[
            {"type":"object","properties":{{{{{members}}}}},"required":["a","b"]},
            {"type":"object","properties":{"a":{"const":"u"},"b":{"const":"v"}},"required":["a","b"]}]}}}],"components":{"schemas":{}}}
            """;
    }

    [Theory]
    [InlineData("""{"anyOf":[§]}""")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"integer"}},"oneOf":[§]}""")]
    public void The_order_of_branches_in_place_renames_nothing(string union)
    {
        // The last two are called alike, and told apart by what they are.
        string[] branches =
        [
            """{"type":"object","properties":{"size":{"type":"integer"}},"required":["size"]}""",
            """{"type":"object","properties":{"a":{},"b":{},"c":{},"note":{"type":"string"}},"required":["a","b","c","note"]}""",
            """{"type":"object","properties":{"a":{},"b":{},"c":{},"rank":{"type":"integer"}},"required":["rank","c","b","a"]}""",
        ];

        var names = Names(branches);

        Assert.Equal(names, Names([.. branches.Reverse()]));
        Assert.Equal(names, Names([branches[1], branches[0], branches[2]]));
        foreach (var name in (string[])["WithSize", "WithABC", "WithABC2"])
        {
            Assert.Contains(names, hint => hint.EndsWith($"-type-FResult{name}.g.cs", StringComparison.Ordinal));
        }

        string[] Names(string[] all)
        {
            var generation = Generation.Of($$$$"""
                {"openrpc":"1.3.2","info":{"title":"t","version":"1"},"methods":[{"name":"f","params":[],"result":{"name":"r","schema":
                {{{{union.Replace("§", string.Join(',', all), StringComparison.Ordinal)}}}} }}],"components":{"schemas":{}}}
                """);
            Assert.Empty(generation.CompilationErrors());

            // The one with a number is the same one in every order.
            var last = generation.HintNames.Single(hint => hint.EndsWith("WithABC2.g.cs", StringComparison.Ordinal));
            Assert.Contains("long Rank", generation.Source(last), StringComparison.Ordinal);
            return [.. generation.HintNames.Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public void Documents_really_are_shuffled() =>
        Assert.NotEqual(Shuffled("contract", 0, WithoutMeaning), Shuffled("contract", 1, WithoutMeaning));

    private static string[] Texts(string schema) =>
        [.. Generation.Of(schema).Result.GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText)];

    /// <summary>The words of each file, sorted: the same names and types, in whatever sequence.</summary>
    private static string[] TokensOf(string schema) =>
    [
        .. Generation.Of(schema).Result.GeneratedSources.Select(source =>
        {
            var tokens = source.SyntaxTree.GetRoot().DescendantTokens().Select(token => Counted().Replace(token.Text, "$1"));
            return source.HintName + "\n" + string.Join('\n', tokens.Where(token => token is not ("," or "null" or "default" or "=")).Order(StringComparer.Ordinal));
        }),
    ];

    private static string Shuffled(string schema, int seed, string[] members)
    {
        var document = JsonNode.Parse(Repository.Schema(schema))!;
        var random = new Random(seed);
        Shuffle(document, "");
        return document.ToJsonString();

        void Shuffle(JsonNode? node, string key)
        {
            switch (node)
            {
                case JsonObject @object:
                    var properties = @object.ToArray();
                    var byPosition = @object["paramStructure"]?.ToString() == "by-position";
                    Array.ForEach(properties, property => Shuffle(property.Value, byPosition && property.Key == "params" ? "" : property.Key));
                    @object.Clear();
                    Ordered(properties).ForEach(@object.Add);
                    break;
                case JsonArray array:
                    var items = array.ToArray();
                    Array.ForEach(items, item => Shuffle(item, ""));
                    array.Clear();
                    Ordered(items).ForEach(array.Add);
                    break;
            }

            List<T> Ordered<T>(T[] all)
            {
                if (members.Contains(key))
                {
                    random.Shuffle(all);
                }

                return [.. all];
            }
        }
    }

    /// <summary>The local variables of a reader, and the encoded names of a writer, are numbered by position.</summary>
    [GeneratedRegex("^(value|has|Name)[0-9]+$")]
    private static partial Regex Counted();
}
