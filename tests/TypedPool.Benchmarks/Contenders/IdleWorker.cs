using TypedPool.Pool;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>A worker without a process, so that nothing but the checkout costs time.</summary>
internal sealed class IdleWorker : IPooledWorker
{
    private readonly TaskCompletionSource _ended = new();

    public string Id => "idle/1";

    public bool IsUsable => true;

    public bool CanPrefetch => true;

    public Task Ended => _ended.Task;

    public long ResidentBytes => 0;

    public Task<bool> PingAsync() => Task.FromResult(true);

    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        _ended.TrySetResult();
        return Task.CompletedTask;
    }
}
