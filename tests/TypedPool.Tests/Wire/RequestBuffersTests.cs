using System.Text.Json;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class RequestBuffersTests : IDisposable
{
    private readonly RequestBuffers _buffers = new();

    public void Dispose() => _buffers.Dispose();

    [Fact]
    public void What_was_given_back_is_used_again_the_last_one_first()
    {
        var (first, second) = (_buffers.Take(), _buffers.Take());
        _buffers.GiveBack(first);
        _buffers.GiveBack(second);

        Assert.Same(second, _buffers.Take());
        Assert.Same(first, _buffers.Take());
        Assert.NotSame(first, _buffers.Take());
    }

    [Fact]
    public void A_buffer_that_has_grown_large_is_not_kept()
    {
        var large = _buffers.Take();
        large.Begin(JsonEncodedText.Encode("echo")).WriteStringValue(new string('x', 1024 * 1024));
        large.End(session: null);

        _buffers.GiveBack(large);

        Assert.Equal(0, large.Capacity);
        Assert.NotSame(large, _buffers.Take());
    }
}
