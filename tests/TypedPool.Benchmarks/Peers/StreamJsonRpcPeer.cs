using StreamJsonRpc;

namespace TypedPool.Benchmarks.Peers;

/// <summary>StreamJsonRpc over the pipes of the very same worker, which is a plain JSON-RPC server to it.</summary>
/// <param name="python">The Python.</param>
internal sealed class StreamJsonRpcPeer(string python) : IPeer
{
    private PythonScript? _script;
    private JsonRpc? _rpc;

    public string Name => "StreamJsonRpc";

    public async Task StartAsync(int workers)
    {
        _script = PythonScript.Start(python, Path.Combine(AppContext.BaseDirectory, "typedpool-bridge"), "serve", "benchmark_commands", "--search-path", ".");
        _rpc = new JsonRpc(new LengthHeaderMessageHandler(
            _script.Process.StandardInput.BaseStream, _script.Process.StandardOutput.BaseStream, new SystemTextJsonFormatter()));
        _rpc.StartListening();
        await Echo("x")();
    }

    public Func<Task> Echo(string text) => async () =>
        Checked.Text(await _rpc!.InvokeWithParameterObjectAsync<string>("echo", new { text }), text);

    public Func<Task> Primes(int below) => async () =>
        Checked.Primes(await _rpc!.InvokeWithParameterObjectAsync<long>("primes", new { below }), below);

    public Func<Task> Floats(double[] numbers) => async () =>
        Checked.Floats(await _rpc!.InvokeWithParameterObjectAsync<double[]>("same_floats", new { numbers }), numbers);

    public Func<Task> Bytes(byte[] data) => async () =>
        Checked.Bytes(await _rpc!.InvokeWithParameterObjectAsync<byte[]>("same_bytes", new { data }), data);

    public async ValueTask DisposeAsync()
    {
        _rpc?.Dispose();
        await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
