using System.Text;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class JsonPointerTests
{
    /// <summary>The place asked for is where the mark stands, and the mark is taken out.</summary>
    [Theory]
    [InlineData("^1", "")]
    [InlineData("""{"a":^1}""", "/a")]
    [InlineData("""{"a":{"b":1},"c":[10,^20]}""", "/c/1")]
    [InlineData("""[[1,2],[3,{"x":[^{}]}]]""", "/1/1/x/0")]
    [InlineData("""{"a/b":{"~":^1}}""", "/a~1b/~0")]
    [InlineData("""{"a":{"b":1^}}""", "/a")]
    [InlineData("""{"":^1}""", "/")]
    public void The_place_of_a_token_is_its_path(string marked, string expected)
    {
        var offset = Encoding.UTF8.GetByteCount(marked.AsSpan(0, marked.IndexOf('^', StringComparison.Ordinal)));
        var json = Encoding.UTF8.GetBytes(marked.Replace("^", "", StringComparison.Ordinal));

        Assert.Equal(expected, JsonPointer.At(json, offset));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("""{"text":""", "/text")]
    [InlineData("""{"text":"x","items":[""", "/items/0")]
    [InlineData("""{"text":"x","items":[1.0""", "/items/1")]
    [InlineData("""{"items":["a","b\"c" """, "/items/2")]
    [InlineData("""{"items":[{"name":"a"},{"name":""", "/items/1/name")]
    [InlineData("""{"map":{"a":"b" """, "/map")]
    [InlineData("""{"map":{"a":[1,2] """, "/map")]
    [InlineData("""{"map":{"a":12 """, "/map")]
    public void The_place_after_a_text_that_is_cut_off_is_that_of_the_next_value(string written, string expected)
    {
        var json = Encoding.UTF8.GetBytes(written.TrimEnd());

        Assert.Equal(expected, JsonPointer.At(json, json.Length));
    }
}
