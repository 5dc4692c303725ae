using System.Text;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class PrologueTests
{
    private const string Line = "\0typedpool:feed\n";

    [Theory]
    [InlineData("")]
    [InlineData("printed by a .pth file\n")]
    [InlineData("\0typedpool:another\n\0typedpool:\0")]
    public void What_was_printed_before_is_skipped_and_returned_wherever_the_bytes_are_cut(string before)
    {
        var bytes = Encoding.UTF8.GetBytes(before + Line + "rest");
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            using var buffer = new ReceiveBuffer(1024);
            var prologue = new Prologue("feed");
            Receive(buffer, bytes.AsSpan(0, cut));
            var found = prologue.TrySkip(buffer, out var skipped);
            Receive(buffer, bytes.AsSpan(cut));
            if (!found)
            {
                Assert.True(prologue.TrySkip(buffer, out skipped));
            }

            Assert.Equal(before, Encoding.UTF8.GetString(skipped!));
            Assert.Equal("rest", Encoding.UTF8.GetString(buffer.Unread));
        }
    }

    [Fact]
    public void Output_without_end_is_refused()
    {
        using var buffer = new ReceiveBuffer(1024);
        var prologue = new Prologue("feed");
        var lines = Encoding.UTF8.GetBytes(new string('x', 8_000));

        Assert.Throws<ProtocolException>(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                Receive(buffer, lines);
                Assert.False(prologue.TrySkip(buffer, out _));
            }
        });
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
}
