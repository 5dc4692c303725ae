using TypedPool.Benchmarks.Generated;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>Calls to a pool of one worker while so many others wait: for each that has ended, another one comes.</summary>
/// <param name="waiting">How many calls wait.</param>
internal sealed class CallersInLine(int waiting) : IContender
{
    private const string Text = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly Queue<Task<string>> _calls = [];
    private PythonPool? _pool;
    private PythonCommands? _commands;

    public string Name => $"a call behind {waiting:N0} waiting ones";

    public async Task StartAsync()
    {
        _pool = await PythonCommands.StartAsync(new PythonPoolOptions
        {
            Module = "benchmark_commands",
            SearchPaths = { "python" },
            Size = 1,
            Overflow = 0,
            QueueLimit = 2 * waiting,
        });
        _commands = new PythonCommands(_pool);
    }

    /// <summary>Has them all come, and waits until each of the first ones has been served: from now on as many wait.</summary>
    /// <returns>Completes when they do.</returns>
    internal Task ComeAsync()
    {
        while (_calls.Count < waiting)
        {
            _calls.Enqueue(_commands!.EchoAsync(Text));
        }

        return RunAsync(waiting);
    }

    public async Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _calls.Dequeue();
            _calls.Enqueue(_commands!.EchoAsync(Text));
        }
    }

    /// <summary>Lets nobody come any more, so that the machine is free for others.</summary>
    /// <returns>Completes when all have been served.</returns>
    internal async Task GoAsync()
    {
        while (_calls.TryDequeue(out var call))
        {
            await call;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await GoAsync();
        await (_pool?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
