using TypedPool.Benchmarks.Generated;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>A call through the generated client to a pool of one worker.</summary>
/// <param name="text">The argument, and the result.</param>
internal sealed class TypedCall(string text) : IContender
{
    private PythonPool? _pool;
    private PythonCommands? _commands;

    public string Name => "TypedPool";

    public async Task StartAsync()
    {
        _pool = await PythonCommands.StartAsync(new PythonPoolOptions { Module = "benchmark_commands", SearchPaths = { "python" }, Size = 1 });
        _commands = new PythonCommands(_pool);
        await RunAsync(1);
    }

    public async Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var result = await _commands!.EchoAsync(text);
            if (result.Length != text.Length)
                throw new InvalidDataException("The call did not return what it was given.");
        }
    }

    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;
}
