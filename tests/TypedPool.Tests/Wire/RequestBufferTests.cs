using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class RequestBufferTests : IDisposable
{
    private readonly RequestBuffer _buffer = new();

    public void Dispose() => _buffer.Dispose();

    [Fact]
    public void A_request_is_a_frame_of_JSON_RPC()
    {
        Begin("classify").WriteStringValue("ü");
        _buffer.End("user \"42\" ü");
        _buffer.Complete(7, TimeSpan.FromSeconds(1.5));

        using var json = JsonDocument.Parse(Body());

        Assert.Equal("""{"jsonrpc":"2.0","id":7                  ,"method":"classify","params":"ü","session":"user \"42\" ü","timeoutMs":1500}""", Body());
        Assert.Equal("user \"42\" ü", json.RootElement.GetProperty("session").GetString());
    }

    [Fact]
    public void Where_in_its_trace_a_call_is_stands_beside_its_params()
    {
        Begin("m").WriteNumberValue(1);
        _buffer.End("s", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        _buffer.Complete(7, Timeout.InfiniteTimeSpan);

        Assert.Equal(
            """{"jsonrpc":"2.0","id":7                  ,"method":"m","params":1,"session":"s","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}""",
            Body());
    }

    [Fact]
    public void A_request_that_moves_to_another_worker_gets_a_new_id_and_time()
    {
        Begin("m").WriteNumberValue(1);
        _buffer.End(session: null);
        _buffer.Complete(1_000_000_000_000, TimeSpan.FromSeconds(90));
        _buffer.Complete(2, Timeout.InfiniteTimeSpan);

        Assert.Equal("""{"jsonrpc":"2.0","id":2                  ,"method":"m","params":1}""", Body());
    }

    [Fact]
    public void A_request_is_as_large_when_it_moves_to_another_worker_as_it_was_before()
    {
        Begin("m").WriteNumberValue(1);
        _buffer.End(session: "s");
        var size = _buffer.MessageBytes;

        _buffer.Complete(7, TimeSpan.FromSeconds(90));

        Assert.Equal(size, _buffer.MessageBytes);
    }

    [Fact]
    public void Attachments_in_memory_are_announced_by_their_segment_and_none_follow()
    {
        Begin("m").WriteNumberValue(1);
        _buffer.AnswerAttaches = true;
        _buffer.End(null, null, progress: false, credit: 0, [new byte[100_000], new byte[3]], new MemoryStream());
        for (var i = 0; i < 2; i++)
        {
            _buffer.Complete(7, Timeout.InfiniteTimeSpan, attaches: true, "57.1", "58.22");
            Assert.Equal("""{"$attachments":["57.1",100000,3],"jsonrpc":"2.0","id":7                  ,"method":"m","params":1,"attachments":true,"memory":"58.22"}""", Body());
            Assert.Empty(_buffer.Rest);

            // It moves to a worker that has no memory.
            _buffer.Complete(8, Timeout.InfiniteTimeSpan, attaches: true);
            Assert.StartsWith("""{"$attachments":[100000,3],"jsonrpc":"2.0","id":8                  ,"method":"m","params":1,"attachments":true}""", Body(), StringComparison.Ordinal);
            Assert.Equal(2, _buffer.Rest.Count);
        }

        _buffer.Complete(1, Timeout.InfiniteTimeSpan, attaches: true, "2147483647.9223372036854775807", "2147483647.9223372036854775807");
        Assert.StartsWith("""{"$attachments":["2147483647.9223372036854775807",100000,3],"jsonrpc":"2.0","id":1 """, Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void That_the_answer_may_bring_attachments_is_said_to_workers_that_can_send_them()
    {
        Begin("m").WriteNumberValue(1);
        _buffer.AnswerAttaches = true;
        _buffer.End(session: null);
        _buffer.Complete(1, TimeSpan.FromDays(10_000), attaches: true);
        Assert.Equal("""{"jsonrpc":"2.0","id":1                  ,"method":"m","params":1,"attachments":true,"timeoutMs":864000000000}""", Body());

        _buffer.Complete(2, Timeout.InfiniteTimeSpan, attaches: false);
        Assert.Equal("""{"jsonrpc":"2.0","id":2                  ,"method":"m","params":1}""", Body());

        Begin("m").WriteNumberValue(1);
        _buffer.End(session: null);
        _buffer.Complete(3, Timeout.InfiniteTimeSpan, attaches: true);
        Assert.Equal("""{"jsonrpc":"2.0","id":3                  ,"method":"m","params":1}""", Body());
    }

    [Fact]
    public void A_buffer_used_again_holds_nothing_of_the_request_before()
    {
        var text = new string('x', 100_000);
        Begin("first").WriteStringValue(text);
        _buffer.End("s");
        _buffer.Complete(1, Timeout.InfiniteTimeSpan);
        Assert.Contains(text, Body(), StringComparison.Ordinal);

        Begin("second").WriteNullValue();
        _buffer.End(session: null);
        _buffer.Complete(2, Timeout.InfiniteTimeSpan);

        Assert.Equal("""{"jsonrpc":"2.0","id":2                  ,"method":"second","params":null}""", Body());
    }

    private Utf8JsonWriter Begin(string method) => _buffer.Begin(JsonEncodedText.Encode(method));

    private string Body()
    {
        var frame = _buffer.Frame.Span;
        Assert.Equal(frame.Length - 4, BinaryPrimitives.ReadInt32BigEndian(frame));
        return Encoding.UTF8.GetString(frame[4..]);
    }
}
