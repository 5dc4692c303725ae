using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using TypedPool.Tests.Wire;
using TypedPool.Workers;

namespace TypedPool.Tests.Workers;

/// <summary>A worker's process without an operating system: it dies, and its streams end, when the test says so.</summary>
internal sealed class FakeProcess : IWorkerProcess
{
    private readonly Pipe _input = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _output = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _error = new(new PipeOptions(useSynchronizationContext: false));
    private readonly TaskCompletionSource<int?> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal FakeProcess(Func<Stream, Stream>? input = null)
    {
        Input = input is null ? _input.Writer.AsStream() : input(_input.Writer.AsStream());
        Output = _output.Reader.AsStream();
        StandardError = _error.Reader.AsStream();
    }

    public int ProcessId => 0;

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream StandardError { get; }

    public Task<int?> Exited => _exited.Task;

    /// <summary>Completes with the first kill, also one that comes when the process has exited.</summary>
    internal TaskCompletionSource Killed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the process has been disposed of.</summary>
    internal TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the process, but not its streams, as if another process held them.</summary>
    internal void Exit(int code) => _exited.TrySetResult(code);

    /// <summary>Closes the worker's end of its channel; the process goes on.</summary>
    internal void CloseOutput() => _output.Writer.Complete();

    public void Kill()
    {
        Killed.TrySetResult();
        _output.Writer.Complete();
        _error.Writer.Complete();
        _input.Reader.Complete();
        Exit(137);
    }

    public long ResidentBytes => 0;

    public Task<string> TakeStacksAsync(string path, TimeProvider time) => Task.FromResult("");

    public void Dispose() => Disposed.TrySetResult();

    /// <summary>Opens the channel, and answers every request with the same result.</summary>
    internal async Task ServeAsync(string token, string result)
    {
        await WriteAsync(Encoding.ASCII.GetBytes($"\0typedpool:{token}\n"));
        while (await ReadRequestAsync() is { } id)
        {
            await WriteAsync(Frames.Of($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}"""));
        }
    }

    internal async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _output.Writer.WriteAsync(bytes);

    private async Task<long?> ReadRequestAsync()
    {
        try
        {
            var requests = _input.Reader.AsStream();
            var header = new byte[4];
            await requests.ReadExactlyAsync(header);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header)];
            await requests.ReadExactlyAsync(body);
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("id").GetInt64();
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidOperationException)
        {
            // The host has closed its end, or the process was killed.
            return null;
        }
    }
}
