using BenchmarkDotNet.Attributes;
using TypedPool.Benchmarks.Contenders;
using TypedPool.Pool;

namespace TypedPool.Benchmarks.Micro;

/// <summary>Taking a free worker and giving it back, with nobody waiting.</summary>
public class CheckoutBenchmarks
{
    private PoolSupervisor<IdleWorker>? _supervisor;

    [Params(1, 64)]
    public int Workers { get; set; }

    [GlobalSetup]
    public Task StartAsync()
    {
        _supervisor = new PoolSupervisor<IdleWorker>(
            new SupervisorSettings { Size = Workers }, static _ => Task.FromResult(new IdleWorker()), new SupervisorEvents<IdleWorker>(), TimeProvider.System);
        return _supervisor.StartEagerlyAsync(CancellationToken.None);
    }

    [Benchmark]
    public void TakeAndReturn() => _supervisor!.Return(_supervisor.Checkout.TryTake()!);

    [GlobalCleanup]
    public Task StopAsync() => _supervisor!.StopAsync(TimeSpan.Zero, CancellationToken.None);
}
