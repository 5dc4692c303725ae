using TypedPool.Pool;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>Takes the only worker of a supervisor and gives it back, with its loop running and nobody waiting.</summary>
internal sealed class CheckoutAndReturn : IContender
{
    private readonly PoolSupervisor<IdleWorker> _supervisor = new(
        new SupervisorSettings { Size = 1 }, static _ => Task.FromResult(new IdleWorker()), new SupervisorEvents<IdleWorker>(), TimeProvider.System);

    public string Name => "uncontended checkout and return";

    public Task StartAsync() => _supervisor.StartEagerlyAsync(CancellationToken.None);

    public Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var slot = _supervisor.Checkout.TryTake() ?? throw new InvalidOperationException("The worker is not free.");
            _supervisor.Return(slot);
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _supervisor.StopAsync(TimeSpan.Zero, CancellationToken.None);
}
