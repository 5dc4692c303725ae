using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using TypedPool.Wire;

namespace TypedPool.Benchmarks.Micro;

/// <summary>A request from its params to a frame, and an answer from the bytes received to its result.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The cleanup does it.")]
public class FramingBenchmarks
{
    private static readonly JsonEncodedText Method = JsonEncodedText.Encode("echo");
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly RequestBuffer _request = new();
    private readonly ReceiveBuffer _received = new(maxMessageBytes: 1 << 20);
    private string _text = "";
    private byte[] _answer = [];

    [Params(64, 10_000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void MakeAnswer()
    {
        _text = new string('x', Bytes);
        byte[] body = [.. "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\""u8, .. System.Text.Encoding.UTF8.GetBytes(_text), .. "\"}"u8];
        _answer = [0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(_answer, body.Length);
    }

    [Benchmark]
    public int WriteRequest()
    {
        var writer = _request.Begin(Method);
        writer.WriteStartObject();
        writer.WriteString("text"u8, _text);
        writer.WriteEndObject();
        _request.End(session: null);
        _request.Complete(id: 7, Timeout);
        return _request.Frame.Length;
    }

    [Benchmark]
    public int TakeAnswer()
    {
        for (var rest = _answer.AsSpan(); !rest.IsEmpty;)
        {
            var free = _received.Free().Span;
            var count = Math.Min(free.Length, rest.Length);
            rest[..count].CopyTo(free);
            _received.Received(count);
            rest = rest[count..];
            if (_received.TryTake(out var body, out _) && Answer.TryParseOwn(body, null, out var answer))
            {
                return answer.Result.Length;
            }
        }

        throw new InvalidDataException("No answer has come.");
    }

    [GlobalCleanup]
    public void Close()
    {
        _request.Dispose();
        _received.Dispose();
    }
}
