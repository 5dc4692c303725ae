using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Json;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Json;

/// <summary>White space is what may be added to a JSON text and changes nothing but places.</summary>
public sealed class CompactJsonTests
{
    private const string Space = " \t\r\n";

    public static TheoryData<string> Schemas() => [.. Repository.SchemaNames()];

    public static TheoryData<string> Texts() =>
        [.. JsonParserTests.Valid().Concat(JsonParserTests.Malformed()).Select(row => row.Data), "[- ]", "[1. ,2]", "[1e ]", "[1E+\n]", "tru e", "[true ]", "\"a\\\" b\" ", "\"\\", " \"a "];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Everything_stands_where_it_stood(string text) => AssertSamePlaces(text);

    [Fact]
    public void In_random_texts_everything_stands_where_it_stood()
    {
        const string Alphabet = "{}[]\",:01.-+eE \n\ttrue\\u\"\"{}[],:  ";
        var random = new Random(20261125);
        for (var i = 0; i < 30_000; i++)
        {
            AssertSamePlaces(new string([.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]));
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void What_is_written_with_more_white_space_is_the_same(string schema)
    {
        var text = Repository.Schema(schema);
        var compact = CompactJson.Of(text);

        Assert.Equal(compact, CompactJson.Of(Spread(text, 7)));
        Assert.Equal(compact, CompactJson.Of(compact));
        Assert.True(compact.Length < text.Length);
        AssertSamePlaces(Spread(text, 8));
    }

    [Theory]
    [InlineData("[1,2]", "[12]")]
    [InlineData("[1 2]", "[12]")]
    [InlineData("\"a b\"", "\"ab\"")]
    [InlineData("tr ue", "true")]
    public void What_means_something_else_is_another_text(string one, string other) =>
        Assert.NotEqual(CompactJson.Of(one), CompactJson.Of(other));

    /// <summary>White space of every kind around all that is no word.</summary>
    private static string Spread(string text, int seed)
    {
        var random = new Random(seed);
        var spread = new System.Text.StringBuilder();
        var isInString = false;
        foreach (var c in text)
        {
            var isBare = !isInString && "{}[],:".Contains(c, StringComparison.Ordinal);
            spread.Append(isBare ? Some() : "").Append(c).Append(isBare ? Some() : "");

            // No schema of the tests has an escaped quote outside of another string's escape.
            isInString ^= c == '"' && (spread.Length < 2 || spread[^2] != '\\');
        }

        return spread.ToString();

        string Some() => new([.. Enumerable.Range(0, random.Next(3)).Select(_ => Space[random.Next(Space.Length)])]);
    }

    private static void AssertSamePlaces(string text)
    {
        var tree = JsonParser.Parse(text, CancellationToken.None);
        var compact = JsonParser.Parse(CompactJson.Of(text), CancellationToken.None);

        Assert.Equal(tree.Problems, compact.Problems.Zip(Placed(compact.Problems.Select(problem => problem.Span)), (problem, span) => problem with { Span = span }));
        if (tree.IsComplete)
        {
            Assert.Equal(Spans(tree.Root!), Placed(Spans(compact.Root!)));
        }

        IEnumerable<TextSpan> Placed(IEnumerable<TextSpan> spans) => CompactJson.Places(text, spans);
    }

    private static IEnumerable<TextSpan> Spans(JsonNode node) =>
    [
        node.Span,
        .. node.Members.SelectMany(member => Spans(member.Value).Prepend(member.NameSpan)),
        .. node.Items.SelectMany(Spans),
    ];
}
