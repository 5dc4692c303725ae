using System.Text;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class ReceiveBufferTests : IDisposable
{
    private const int Limit = 5_000_000;

    private readonly ReceiveBuffer _buffer = new(Limit);

    public void Dispose() => _buffer.Dispose();

    [Fact]
    public void A_message_for_which_there_is_no_memory_is_refused_as_soon_as_it_is_announced()
    {
        // One that no array can hold.
        using var buffer = new ReceiveBuffer(int.MaxValue);
        ReadOnlySpan<byte> header = [0x7F, 0xFF, 0xFF, 0xF0];
        header.CopyTo(buffer.Free().Span);
        buffer.Received(header.Length);

        Assert.Contains("MaxMessageBytes", Assert.Throws<ProtocolException>(() => buffer.TryTake(out _, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_come_out_whole_wherever_the_bytes_are_cut()
    {
        string[] bodies = ["{}", "[1,2,3]", new string('x', 70_000), "\"ü\"", new string('y', 3_000_000), "1"];
        byte[] bytes = [.. bodies.SelectMany(Frames.Of)];
        var random = new Random(20_11);
        var taken = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var free = _buffer.Free();
            var count = Math.Min(Math.Min(random.Next(1, 40_000), free.Length), bytes.Length - at);
            bytes.AsSpan(at, count).CopyTo(free.Span);
            _buffer.Received(count);
            at += count;
            Take(taken);
        }

        Assert.Equal(bodies, taken);
    }

    [Fact]
    public void Every_cut_of_two_small_frames_gives_the_same_frames()
    {
        byte[] bytes = [.. Frames.Of("[1]"), .. Frames.Of("[22]")];
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            using var buffer = new ReceiveBuffer(Limit);
            var taken = new List<string>();
            Receive(buffer, bytes.AsSpan(0, cut));
            Take(buffer, taken);
            Receive(buffer, bytes.AsSpan(cut));
            Take(buffer, taken);
            Assert.Equal(["[1]", "[22]"], taken);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x00, 0x4C, 0x4B, 0x41 })]
    public void A_length_of_zero_or_above_the_limit_is_refused_before_room_is_made(byte[] header)
    {
        Receive(_buffer, header);

        var exception = Assert.Throws<ProtocolException>(() => _buffer.TryTake(out _, out _));

        Assert.Contains("MaxMessageBytes", exception.Message, StringComparison.Ordinal);
        Assert.InRange(_buffer.Free().Length, 1, 100_000);
    }

    [Fact]
    public void A_frame_of_exactly_the_limit_is_taken()
    {
        using var buffer = new ReceiveBuffer(1024);
        Receive(buffer, Frames.Of(new string('z', 1024)));
        Assert.True(buffer.TryTake(out var body, out _));
        Assert.Equal(1024, body.Length);
    }

    private static void Receive(ReceiveBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var free = buffer.Free().Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            buffer.Received(count);
            bytes = bytes[count..];
        }
    }

    private static void Take(ReceiveBuffer buffer, List<string> taken)
    {
        while (buffer.TryTake(out var body, out _))
        {
            taken.Add(Encoding.UTF8.GetString(body));
        }
    }

    private void Take(List<string> taken) => Take(_buffer, taken);
}
