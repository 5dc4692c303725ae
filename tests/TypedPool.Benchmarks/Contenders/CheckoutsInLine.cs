using TypedPool.Pool;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>Hands the only worker of a supervisor from caller to caller while so many others wait; no Python, no arguments.</summary>
/// <param name="waiting">How many wait.</param>
internal sealed class CheckoutsInLine(int waiting) : IContender
{
    private readonly PoolSupervisor<IdleWorker> _supervisor = new(
        new SupervisorSettings { Size = 1, Overflow = 0 }, static _ => Task.FromResult(new IdleWorker()), new SupervisorEvents<IdleWorker>(), TimeProvider.System);

    private readonly Queue<Task<Slot<IdleWorker>>> _callers = [];
    private Slot<IdleWorker>? _slot;

    public string Name => $"a checkout behind {waiting:N0} waiting ones";

    public async Task StartAsync()
    {
        await _supervisor.StartEagerlyAsync(CancellationToken.None);
        _slot = _supervisor.Checkout.TryTake();
        while (_callers.Count < waiting)
        {
            Come();
        }
    }

    public async Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _supervisor.Return(_slot!);
            _slot = await _callers.Dequeue();
            Come();
        }
    }

    public async ValueTask DisposeAsync() => await _supervisor.StopAsync(TimeSpan.Zero, CancellationToken.None);

    private void Come() => _callers.Enqueue(
        _supervisor.Checkout.TakeAsync(PythonPoolDefaults.CheckoutTimeout, static _ => new TimeoutException(), CancellationToken.None).AsTask());
}
