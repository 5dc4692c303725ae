using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedPool.Generators.Json;
using JsonNode = TypedPool.Generators.Json.JsonNode;

namespace TypedPool.Generators.Tests.Json;

public sealed class JsonParserTests
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonParser.MaxDepth };

    public static TheoryData<string> Valid() =>
    [
        "{}", "[]", " \t\r\n null ", "true", "false", "\"\"", "0", "-0", "1.5", "-1.5e+10", "1E5", "[1,2,[3,{}]]",
        "{\"a\":1,\"b\":[true,false,null]}", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"", "\"é😀\"", "[\n]", "{ \n }",
        "{\"\":{\"\":\"\"}}", "123456789012345678901234567890", "\"\u2028\u007f\"",
    ];

    public static TheoryData<string> Malformed() =>
    [
        "", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\" 1}",
        "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u+123\"", "\"\n\"", "\"\t\"", "01", "-", "+1", "1.", ".5", "1e", "1e+", "- 1",
        "tru", "nul", "True", "NaN", "1 2", "{}{}", "[1]x", "//", "/**/1", "\uFEFF\uFEFF1", "[1\u00a0]", "{\"a\":1 \"b\":2}", "{,}", "[1 2]",
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_is_JSON_is_read_as_the_framework_reads_it(string text)
    {
        using var expected = JsonDocument.Parse(text, Options);

        var tree = JsonParser.Parse(text, TestContext.Current.CancellationToken);

        Assert.Empty(tree.Problems);
        AssertSame(expected.RootElement, tree.Root!);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_no_JSON_has_exactly_one_syntax_problem_within_the_text(string text)
    {
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text, Options));

        var tree = JsonParser.Parse(text, TestContext.Current.CancellationToken);

        var problem = Assert.Single(tree.Problems, found => found.Kind == JsonProblemKind.Syntax);
        Assert.InRange(problem.Span.End, 0, text.Length);
        Assert.False(tree.IsComplete);
    }

    [Fact]
    public void Random_texts_are_judged_and_read_as_the_framework_does()
    {
        const string Alphabet = "{}[]\",:0123.-+eE \ntrufalsn\\u/b\"\"{}[],:";
        var random = new Random(20261123);
        var valid = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            valid += AssertJudgedAlike(text) ? 1 : 0;
        }

        Assert.InRange(valid, 100, 30_000);
    }

    [Fact]
    public void Mutants_of_a_document_are_judged_and_read_as_the_framework_does()
    {
        const string Document = "{\"a\": [1, -2.5e3, true, null], \"b\\n\": {\"c\": \"d\\u00e9\", \"e\": []}}";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(Document);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text.Remove(at, 1);
                        break;
                    case 1:
                        text.Insert(at, Document[random.Next(Document.Length)]);
                        break;
                    default:
                        text[at] = (char)random.Next(9, 127);
                        break;
                }
            }

            AssertJudgedAlike(text.ToString());
        }
    }

    [Fact]
    public void Every_value_knows_its_place()
    {
        const string Text = "{\n  \"a/b\": [ 10, { \"c~\": \"x\" } ]\n}";

        var root = JsonParser.Parse(Text, TestContext.Current.CancellationToken).Root!;

        var list = root["a/b"]!;
        var text = list.Items[1]["c~"]!;
        Assert.Equal("[ 10, { \"c~\": \"x\" } ]", Text.Substring(list.Span.Start, list.Span.Length));
        Assert.Equal("\"x\"", Text.Substring(text.Span.Start, text.Span.Length));
        Assert.Equal("\"a/b\"", Text.Substring(root.Members[0].NameSpan.Start, root.Members[0].NameSpan.Length));
        Assert.Equal("/a~1b/1/c~0", text.Pointer);
        Assert.Equal("", root.Pointer);
    }

    [Fact]
    public void Of_two_members_of_one_name_the_later_counts_and_the_problem_stands_there()
    {
        const string Text = "{\"a\": 1, \"b\": 2, \"a\": 3}";

        var tree = JsonParser.Parse(Text, TestContext.Current.CancellationToken);

        Assert.Equal("3", tree.Root!["a"]!.Text);
        Assert.Equal(2, tree.Root.Members.Count);
        var problem = Assert.Single(tree.Problems);
        Assert.Equal((JsonProblemKind.DuplicateMember, Text.LastIndexOf("\"a\"", StringComparison.Ordinal)), (problem.Kind, problem.Span.Start));
    }

    [Theory]
    [InlineData("\"\\ud800\"", "\uFFFD")]
    [InlineData("\"a\\udc00b\"", "a\uFFFDb")]
    [InlineData("\"\\ud800\\ud83d\\ude00\"", "\uFFFD\U0001F600")]
    public void Half_a_surrogate_pair_is_reported_and_replaced(string text, string value)
    {
        var tree = JsonParser.Parse(text, TestContext.Current.CancellationToken);

        Assert.Equal(value, tree.Root!.Text);
        Assert.Equal(JsonProblemKind.LoneSurrogate, Assert.Single(tree.Problems).Kind);
    }

    [Fact]
    public void What_stands_before_a_syntax_error_is_kept()
    {
        var tree = JsonParser.Parse("{\"a\": [1, {\"b\": 2, \"c\" 3}], \"d\": 4}", TestContext.Current.CancellationToken);

        Assert.False(tree.IsComplete);
        Assert.Equal("2", tree.Root!["a"]!.Items[1]["b"]!.Text);
        Assert.Null(tree.Root["d"]);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    [InlineData(1_000_000, false)]
    public void Nesting_is_bounded(int depth, bool isComplete) =>
        Assert.Equal(isComplete, JsonParser.Parse(new string('[', depth) + new string(']', depth), TestContext.Current.CancellationToken).IsComplete);

    [Fact]
    public void Reading_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => JsonParser.Parse("{}", new CancellationToken(canceled: true)));

    private static bool AssertJudgedAlike(string text)
    {
        JsonDocument? expected = null;
        try
        {
            expected = JsonDocument.Parse(text, Options);
        }
        catch (JsonException)
        {
        }

        using (expected)
        {
            var tree = JsonParser.Parse(text, CancellationToken.None);
            Assert.True(expected is not null == tree.IsComplete, $"Judged otherwise: {text}");
            if (expected is not null && tree.Problems.Count == 0)
            {
                AssertSame(expected.RootElement, tree.Root!);
            }

            return expected is not null;
        }
    }

    private static void AssertSame(JsonElement expected, JsonNode actual)
    {
        Assert.Equal(expected.ValueKind.ToString(), actual.Kind.ToString());
        switch (expected.ValueKind)
        {
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.Text);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetRawText(), actual.Text);
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.Items.Count);
                foreach (var (item, index) in expected.EnumerateArray().Select((item, index) => (item, index)))
                {
                    AssertSame(item, actual.Items[index]);
                    Assert.EndsWith("/" + index.ToString(CultureInfo.InvariantCulture), actual.Items[index].Pointer);
                }

                break;
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Select(member => member.Name), actual.Members.Select(member => member.Name));
                foreach (var member in expected.EnumerateObject())
                {
                    AssertSame(member.Value, actual[member.Name]!);
                }

                break;
        }
    }
}
