using System.Text;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

/// <summary>Frames that bring attachments, among others that bring none.</summary>
public sealed class ReceivedAttachmentsTests
{
    private const int Limit = 500_000;

    [Fact]
    public void Every_cut_gives_the_same_messages()
    {
        var bytes = Message([3, 0, 5]).Concat(Frames.Of("[1]")).Concat(Message([])).Concat(Message([1])).ToArray();
        var expected = Taken(bytes, bytes.Length);
        Assert.Equal(["3,0,5", "none", "", "1"], expected.Select(Sizes));
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            using var buffer = new ReceiveBuffer(Limit) { TakesAttachments = true };
            var taken = new List<(string Body, byte[][]? Attachments)>();
            Receive(buffer, bytes.AsSpan(0, cut), taken);
            Receive(buffer, bytes.AsSpan(cut), taken);
            Equal(expected, taken);
        }
    }

    // Below and above the size from which on an attachment is received without a copy.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5_000)]
    [InlineData(40_000)]
    [InlineData(1_000_000)]
    public void Large_and_small_ones_come_whole_in_pieces_of_any_size(int piece)
    {
        int[] sizes = [20_000, 3, 16 * 1024, 0, (16 * 1024) - 1, 100_000, 1];
        var bytes = Message(sizes).Concat(Frames.Of("[1]")).Concat(Message(sizes)).ToArray();

        var taken = Taken(bytes, piece);

        Assert.Equal([string.Join(',', sizes), "none", string.Join(',', sizes)], taken.Select(Sizes));
        Assert.All(taken, message => Assert.All(message.Attachments ?? [], attachment => Assert.Equal(Some(attachment.Length), attachment)));
    }

    [Fact]
    public void The_limit_is_for_the_message_and_its_attachments_together()
    {
        var body = Body([1000]);
        using var exact = new ReceiveBuffer(body.Length + 1000) { TakesAttachments = true };
        var taken = new List<(string Body, byte[][]? Attachments)>();
        Receive(exact, Message([1000]), taken);
        Assert.Equal("1000", Sizes(Assert.Single(taken)));

        using var less = new ReceiveBuffer(body.Length + 999) { TakesAttachments = true };
        var fault = Assert.Throws<ProtocolException>(() => Receive(less, Frames.Of(body), []));

        Assert.Contains("more than the 999 bytes that MaxMessageBytes leaves", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_above_the_limit_are_refused_before_memory_is_taken()
    {
        using var buffer = new ReceiveBuffer(Limit) { TakesAttachments = true };
        var frame = Frames.Of("{\"$attachments\":[2000000000],\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"$attachment\":0}}");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ProtocolException>(() => Receive(buffer, frame, []));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Without_agreement_nothing_is_taken_for_an_attachment()
    {
        using var buffer = new ReceiveBuffer(Limit);
        var taken = new List<(string Body, byte[][]? Attachments)>();

        Receive(buffer, [.. Frames.Of(Body([4])), .. Frames.Of("[1]")], taken);

        Assert.Equal(["none", "none"], taken.Select(Sizes));
    }

    private static byte[] Some(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31))];

    private static string Sizes((string Body, byte[][]? Attachments) message) =>
        message.Attachments is { } attachments ? string.Join(',', attachments.Select(attachment => attachment.Length)) : "none";

    private static byte[] Body(int[] sizes) => Encoding.UTF8.GetBytes(
        $"{{\"$attachments\":[{string.Join(',', sizes)}],\"jsonrpc\":\"2.0\",\"id\":1,\"result\":["
        + string.Join(',', sizes.Select((_, index) => $"{{\"$attachment\":{index}}}")) + "]}");

    private static byte[] Message(int[] sizes) => [.. Frames.Of(Body(sizes)), .. sizes.SelectMany(Some)];

    private static List<(string Body, byte[][]? Attachments)> Taken(byte[] bytes, int piece)
    {
        using var buffer = new ReceiveBuffer(Limit) { TakesAttachments = true };
        var taken = new List<(string Body, byte[][]? Attachments)>();
        for (var at = 0; at < bytes.Length; at += piece)
        {
            Receive(buffer, bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)), taken);
        }

        return taken;
    }

    private static void Receive(ReceiveBuffer buffer, ReadOnlySpan<byte> bytes, List<(string Body, byte[][]? Attachments)> taken)
    {
        while (bytes.Length > 0)
        {
            var free = buffer.Free().Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            buffer.Received(count);
            bytes = bytes[count..];
            while (buffer.TryTake(out var body, out var attachments))
            {
                taken.Add((Encoding.UTF8.GetString(body), attachments));
            }
        }
    }

    private static void Equal(List<(string Body, byte[][]? Attachments)> expected, List<(string Body, byte[][]? Attachments)> actual)
    {
        Assert.Equal(expected.Select(message => message.Body), actual.Select(message => message.Body));
        Assert.Equal(expected.Select(message => message.Attachments), actual.Select(message => message.Attachments));
    }
}
