using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace TypedPool.Benchmarks.Peers;

/// <summary>gRPC, both sides with Protocol Buffers: Grpc.Net.Client here, grpcio there.</summary>
/// <param name="python">The Python.</param>
/// <param name="server">Which of grpcio's servers: "aio" or "threads".</param>
internal sealed class GrpcPeer(string python, string server) : IPeer
{
    private readonly UnixSocket _socket = new();
    private PythonScript? _script;
    private GrpcChannel? _channel;

    public string Name => $"gRPC, {server}";

    public async Task StartAsync(int workers)
    {
        _script = PythonScript.Start(python, "grpc_server.py", server, _socket.Path);
        await _socket.ListensAsync();
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = _socket.Handler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        await Echo("x")();
    }

    public Func<Task> Echo(string text)
    {
        var call = Command("echo", GrpcMessages.Of(StringValue.Parser), GrpcMessages.Of(StringValue.Parser));
        return async () => Checked.Text((await call(new StringValue { Value = text })).Value, text);
    }

    public Func<Task> Primes(int below)
    {
        var call = Command("primes", GrpcMessages.Of(Int32Value.Parser), GrpcMessages.Of(Int32Value.Parser));
        return async () => Checked.Primes((await call(new Int32Value { Value = below })).Value, below);
    }

    public Func<Task> Floats(double[] numbers)
    {
        var call = Command("same_floats", GrpcMessages.Floats, GrpcMessages.Floats);
        return async () => Checked.Floats(await call([.. numbers]), numbers);
    }

    public Func<Task> Bytes(byte[] data)
    {
        var call = Command("same_bytes", GrpcMessages.Of(BytesValue.Parser), GrpcMessages.Of(BytesValue.Parser));

        // The bytes are not copied into the message, and not out of it.
        return async () => Checked.Bytes(
            (await call(new BytesValue { Value = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(data) })).Value.Span, data);
    }

    public Func<Task> Numbers(int count)
    {
        var invoker = _channel!.CreateCallInvoker();
        var messages = GrpcMessages.Of(Int32Value.Parser);
        var method = new Method<Int32Value, Int32Value>(MethodType.ServerStreaming, "benchmark.Commands", "numbers", messages, messages);
        return async () =>
        {
            using var call = invoker.AsyncServerStreamingCall(method, host: null, default, new Int32Value { Value = count });
            await Checked.NumbersAsync(call.ResponseStream.ReadAllAsync().Select(each => each.Value), count);
        };
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
        _socket.Dispose();
    }

    private Func<TRequest, AsyncUnaryCall<TResult>> Command<TRequest, TResult>(
        string name, Marshaller<TRequest> request, Marshaller<TResult> result)
        where TRequest : class
        where TResult : class
    {
        var invoker = _channel!.CreateCallInvoker();
        var method = new Method<TRequest, TResult>(MethodType.Unary, "benchmark.Commands", name, request, result);
        return each => invoker.AsyncUnaryCall(method, host: null, default, each);
    }
}
