using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Tests.Wire;
using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool.Tests.Workers;

/// <summary>The other end of a connection, scripted by the test: no process, no Python.</summary>
internal sealed class FakeWorker : IAsyncDisposable
{
    internal const string Token = "feed";

    private readonly Pipe _toWorker;
    private readonly Pipe _toHost = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Stream _requests;
    private readonly Stream _answers;

    internal FakeWorker(int pipeBytes = 65_536, TimeProvider? restClock = null)
    {
        _toWorker = new Pipe(new PipeOptions(pauseWriterThreshold: pipeBytes, resumeWriterThreshold: pipeBytes / 2, useSynchronizationContext: false));
        _requests = _toWorker.Reader.AsStream();
        _answers = _toHost.Writer.AsStream();
        Connection = new WorkerConnection(_toWorker.Writer.AsStream(), _toHost.Reader.AsStream(), 10_000_000, fault => Fault.TrySetResult(fault), restClock);
    }

    internal WorkerConnection Connection { get; }

    /// <summary>Whether the readers of results are said to wait for nothing.</summary>
    internal bool ReadsPromptly { get; init; }

    /// <summary>Completes when the connection has ended, with the fault that it found.</summary>
    internal TaskCompletionSource<ProtocolException?> Fault { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal async Task OpenAsync()
    {
        await WriteAsync(Encoding.ASCII.GetBytes($"\0typedpool:{Token}\n"));
        await Connection.OpenAsync(Token);
    }

    /// <summary>Sends a call with a string as its params, which is to be answered with a string.</summary>
    internal Task<CallOutcome<string>> CallAsync(string text) => CallAsync(text, JsonRead.String);

    internal async Task<CallOutcome<string>> CallInBackgroundAsync(string text)
    {
        using var request = Request(text);
        return await Connection.CallInBackgroundAsync(request, JsonRead.String);
    }

    internal async Task<CallOutcome<T>> CallAsync<T>(string text, JsonReader<T> readResult)
    {
        using var request = Request(text);
        return await Connection.CallAsync(request, Timeout.InfiniteTimeSpan, readResult);
    }

    internal async Task<(long Id, string Params)> ReadRequestAsync()
    {
        var header = new byte[4];
        await _requests.ReadExactlyAsync(header);
        var body = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header)];
        await _requests.ReadExactlyAsync(body);
        using var json = JsonDocument.Parse(body);
        return (json.RootElement.GetProperty("id").GetInt64(), json.RootElement.GetProperty("params").GetString()!);
    }

    /// <summary>Reads a request with the attachments that follow it.</summary>
    internal async Task<(JsonElement Message, IReadOnlyList<byte[]> Attachments)> ReadMessageAsync()
    {
        var header = new byte[4];
        await _requests.ReadExactlyAsync(header);
        var body = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header)];
        await _requests.ReadExactlyAsync(body);
        using var json = JsonDocument.Parse(body);
        var attachments = new List<byte[]>();
        if (json.RootElement.TryGetProperty("$attachments", out var announced) && announced[0].ValueKind == JsonValueKind.Number)
        {
            foreach (var size in announced.EnumerateArray())
            {
                attachments.Add(new byte[size.GetInt32()]);
                await _requests.ReadExactlyAsync(attachments[^1]);
            }
        }

        return (json.RootElement.Clone(), attachments);
    }

    private RequestBuffer Request(string text)
    {
        var request = new RequestBuffer();
        request.Begin(JsonEncodedText.Encode("echo")).WriteStringValue(text);
        request.End(session: null);
        request.IsReadPromptly = ReadsPromptly;
        return request;
    }

    internal Task AnswerAsync(long id, string result) => SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{JsonSerializer.Serialize(result)}}}""");

    internal Task SendAsync(string body) => WriteAsync(Frames.Of(body));

    internal async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _answers.WriteAsync(bytes);
        await _answers.FlushAsync();
    }

    internal async Task EndAsync() => await _toHost.Writer.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        Connection.Abort();
        await _toHost.Writer.CompleteAsync();
        await _toWorker.Reader.CompleteAsync();
        await Connection.Closed;
    }
}
