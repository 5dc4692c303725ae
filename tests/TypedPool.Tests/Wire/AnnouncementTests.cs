using System.Text;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class AnnouncementTests
{
    // Names as many attachments as any of these announces.
    private static readonly string Members = "\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[" + new string(' ', 100) + "]}";

    [Theory]
    [InlineData("", new int[0])]
    [InlineData("0", new[] { 0 })]
    [InlineData("8", new[] { 8 })]
    [InlineData("8,0,16", new[] { 8, 0, 16 })]
    [InlineData("1000", new[] { 1000 })]
    [InlineData("999,1", new[] { 999, 1 })]
    public void Sizes_are_read_in_their_order(string sizes, int[] expected)
    {
        var body = Body(sizes);

        Assert.True(Announcement.IsAt(body));
        Assert.Equal(expected, Announcement.Sizes(body, room: 1000));
        Assert.Equal(Members, Encoding.UTF8.GetString(Announcement.MembersAfter(body)));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("-0")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("007")]
    [InlineData("0,00")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1, 2")]
    [InlineData("1,")]
    [InlineData(",1")]
    [InlineData("1,,2")]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("99999999999999999999")]
    public void What_is_no_size_is_a_fault_that_shows_it(string sizes)
    {
        var fault = Assert.Throws<ProtocolException>(() => Announcement.Sizes(Body(sizes), room: 1000));

        Assert.Contains("sizes that are none", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("1000,1")]
    [InlineData("1,1000")]
    [InlineData("500,500,0,1")]
    [InlineData("9223372036854775807,9223372036854775807")]
    [InlineData("1,9223372036854775807")]
    public void Sizes_above_the_limit_together_are_a_fault_that_names_the_option(string sizes)
    {
        var fault = Assert.Throws<ProtocolException>(() => Announcement.Sizes(Body(sizes), room: 1000));

        Assert.Contains("1000 bytes that MaxMessageBytes leaves", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_attachments_than_the_message_can_name_are_a_fault()
    {
        var zeros = string.Join(',', Enumerable.Repeat("0", 1000));

        var fault = Assert.Throws<ProtocolException>(() => Announcement.Sizes(Body(zeros), room: 1000));

        Assert.Contains("1000 attachments", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"$attachments\":[")]
    [InlineData("{\"$attachments\":[1")]
    [InlineData("{\"$attachments\":[1,")]
    public void One_that_is_cut_off_is_a_fault(string body) =>
        Assert.Throws<ProtocolException>(() => Announcement.Sizes(Encoding.UTF8.GetBytes(body), room: 1000));

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"$attachments\":[1],\"id\":1}")]
    [InlineData("{\"$attachments\": [1],\"id\":1}")]
    [InlineData("{\"id\":1,\"$attachments\":[1]}")]
    public void In_any_other_place_or_spacing_it_is_none(string body) => Assert.False(Announcement.IsAt(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{\"$attachments\":[1]}")]
    [InlineData("{\"$attachments\":[1]")]
    [InlineData("{\"$attachments\":[1] ,\"id\":1}")]
    public void Nothing_stands_behind_one_that_no_comma_follows(string body) =>
        Assert.True(Announcement.MembersAfter(Encoding.UTF8.GetBytes(body)).IsEmpty);

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        byte[] body = [.. Announcement.Of([new byte[3], default, new byte[70]]), .. Encoding.UTF8.GetBytes(Members)];

        Assert.Equal([3, 0, 70], Announcement.Sizes(body, room: 73));
        Assert.Equal(Members, Encoding.UTF8.GetString(Announcement.MembersAfter(body)));
    }

    private static byte[] Body(string sizes) => Encoding.UTF8.GetBytes($"{{\"$attachments\":[{sizes}],{Members}");
}
