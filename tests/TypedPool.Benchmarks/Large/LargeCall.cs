using TypedPool.Benchmarks.Contenders;

namespace TypedPool.Benchmarks.Large;

/// <summary>A call with much in it, to a pool of one worker.</summary>
/// <param name="name">What it is called in reports.</param>
/// <param name="start">Starts the pool.</param>
/// <param name="call">Makes the call, and checks what comes back.</param>
internal sealed class LargeCall(string name, Func<Task<PythonPool>> start, Func<PythonPool, Task> call) : IContender
{
    private PythonPool? _pool;

    public string Name => name;

    public async Task StartAsync()
    {
        _pool = await start();
        await RunAsync(1);
    }

    public async Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await call(_pool!);
        }
    }

    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;
}
