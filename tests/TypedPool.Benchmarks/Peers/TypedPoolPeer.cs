using TypedPool.Benchmarks.Generated;
using TypedPool.Benchmarks.Live;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Peers;

/// <summary>Calls of the generated client to a pool.</summary>
/// <param name="python">The Python.</param>
/// <param name="usesStreams">Whether the channel is .NET's own streams, as everywhere but on Linux.</param>
/// <param name="prefetch">How many calls may wait in a worker.</param>
internal sealed class TypedPoolPeer(string python, bool usesStreams = false, int prefetch = 0) : IPeer
{
    private PythonPool? _pool;
    private PythonCommands? _commands;
    private PythonPool? _streams;

    public string Name => usesStreams ? "TypedPool, .NET's streams" : prefetch > 0 ? $"TypedPool, Prefetch = {prefetch}" : Contestants.Own;

    public async Task StartAsync(int workers)
    {
        _pool = await PythonCommands.StartAsync(Options("benchmark_commands", workers));
        _commands = new PythonCommands(_pool);
    }

    public Func<Task> Echo(string text) => async () => Checked.Text(await _commands!.EchoAsync(text), text);

    public Func<Task> Primes(int below) => async () => Checked.Primes(await _commands!.PrimesAsync(below), below);

    public Func<Task> Floats(double[] numbers) => async () => Checked.Floats(await _commands!.SameFloatsAsync(numbers), numbers);

    public Func<Task> Bytes(byte[] data) => async () => Checked.Bytes((await _commands!.SameBytesAsync(data)).Span, data);

    public Func<Task> Numbers(int count) => async () =>
    {
        // A pool of its own, started by the first of the rounds that are thrown away.
        _streams ??= await PythonPool.StartAsync(Options("benchmark_streams", workers: 1));
        await Checked.NumbersAsync(_streams.StreamAsync(LivePools.Count, count), count);
    };

    public async ValueTask DisposeAsync()
    {
        await (_streams?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_pool?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private PythonPoolOptions Options(string module, int workers)
    {
        AppContext.SetSwitch(Poller.Switch, usesStreams);
        return new PythonPoolOptions
        {
            Module = module,
            SearchPaths = { "python" },
            PythonPath = python,
            Size = workers,
            Overflow = 0,
            Prefetch = prefetch,
        };
    }
}
