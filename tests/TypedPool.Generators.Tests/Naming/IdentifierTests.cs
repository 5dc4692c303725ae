using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Tests.Naming;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("top_k", "TopK")]
    [InlineData("topK", "TopK")]
    [InlineData("TOP_K", "TopK")]
    [InlineData("Block hash", "BlockHash")]
    [InlineData("eth.getBlock", "EthGetBlock")]
    [InlineData("__init__", "Init")]
    [InlineData("x", "X")]
    [InlineData("ID", "Id")]
    [InlineData("utf8", "Utf8")]
    [InlineData("1st", "_1st")]
    [InlineData("1.0", "_1_0")]
    [InlineData("-1", "Minus1")]
    [InlineData("+1", "Plus1")]
    [InlineData("", "Empty")]
    [InlineData("_", "Underscore")]
    [InlineData("<=", "LessEqual")]
    [InlineData("größe", "Größe")]
    [InlineData("名前", "名前")]
    [InlineData("a\u200Db", "Ab")]
    [InlineData("\u0001", "U0001")]
    [InlineData("title", "Title")]
    public void Names_of_members_follow_the_conventions_of_CSharp(string name, string expected) =>
        Assert.Equal(expected, Identifier.Pascal(name));

    [Theory]
    [InlineData("top_k", "topK")]
    [InlineData("URL", "url")]
    [InlineData("HTTPServer", "httpServer")]
    [InlineData("X", "x")]
    [InlineData("IOError2", "ioError2")]
    [InlineData("Größe", "größe")]
    [InlineData("1st", "_1st")]
    public void Names_of_parameters_begin_small(string name, string expected) => Assert.Equal(expected, Identifier.Camel(name));

    [Theory]
    [InlineData("HTTPError", "HTTPError")]
    [InlineData("a.Label", "ALabel")]
    [InlineData("Page[int]", "PageInt")]
    [InlineData("label", "Label")]
    public void Names_of_classes_are_kept_but_for_what_CSharp_forbids(string name, string expected) =>
        Assert.Equal(expected, Identifier.Type(name));

    [Theory]
    [InlineData("class")]
    [InlineData("record")]
    [InlineData("required")]
    [InlineData("await")]
    [InlineData("field")]
    [InlineData("file")]
    [InlineData("var")]
    [InlineData("nameof")]
    public void Keywords_are_escaped(string name) => Assert.Equal("@" + name, Identifier.Escape(name));

    [Fact]
    public void Long_names_are_cut_and_told_apart()
    {
        var one = Identifier.Pascal(new string('a', 300) + "b");
        var other = Identifier.Pascal(new string('a', 300) + "c");

        Assert.NotEqual(one, other);
        Assert.All([one, other], name => Assert.InRange(name.Length, 50, 120));
    }

    [Fact]
    public void Any_text_becomes_a_valid_identifier()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000))]);
            Assert.True(Identifier.IsValid(Identifier.Pascal(text)), text);
            Assert.True(Identifier.IsValid(Identifier.Type(text)), text);
            Assert.True(Identifier.IsValid(Identifier.Camel(text)) || Identifier.Escape(Identifier.Camel(text))[0] == '@', text);
        }
    }

    [Theory]
    [InlineData("My.App", "My.App")]
    [InlineData("my-app.2nd", "my_app._2nd")]
    [InlineData("a..b", "a._.b")]
    public void Any_text_becomes_a_valid_namespace(string text, string expected) => Assert.Equal(expected, Identifier.Namespace(text));
}
