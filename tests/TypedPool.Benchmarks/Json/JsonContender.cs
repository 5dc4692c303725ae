using TypedPool.Benchmarks.Contenders;

namespace TypedPool.Benchmarks.Json;

/// <summary>Something that is done in memory.</summary>
/// <param name="name">What it is called in reports.</param>
/// <param name="operation">It.</param>
internal sealed class JsonContender(string name, Action operation) : IContender
{
    public string Name => name;

    public Task StartAsync() => Task.CompletedTask;

    public Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
            operation();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
