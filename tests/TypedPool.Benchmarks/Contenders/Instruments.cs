using Microsoft.Extensions.Logging.Abstractions;
using TypedPool.Pool;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>What a pool does for its instruments in each call, while nobody listens to them.</summary>
internal sealed class Instruments : IContender
{
    private readonly CallObserver _observer = new("idle", new PythonPoolOptions(), NullLogger.Instance);

    public string Name => "a call with instruments that nobody listens to";

    public Task StartAsync() => Task.CompletedTask;

    public async Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var observed = _observer.Begin("echo", session: null);
            await _observer.Metrics.MeasureCheckout(new ValueTask<int>(i));
            observed?.RunsOn("idle/1");
            observed?.End(failure: null);
        }
    }

    public ValueTask DisposeAsync()
    {
        _observer.Dispose();
        return ValueTask.CompletedTask;
    }
}
