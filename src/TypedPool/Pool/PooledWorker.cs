using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>A real worker, as the pool sees it.</summary>
/// <param name="worker">The worker.</param>
internal sealed class PooledWorker(Worker worker) : IPooledWorker
{
    /// <summary>The worker, to be called.</summary>
    internal Worker Worker { get; } = worker;

    /// <inheritdoc />
    public string Id => Worker.Id;

    /// <inheritdoc />
    public bool IsUsable => Worker.IsUsable;

    /// <inheritdoc />
    public bool CanPrefetch => Worker.CanPrefetch;

    /// <inheritdoc />
    public Task Ended => Worker.Ended;

    /// <inheritdoc />
    public long ResidentBytes => Worker.ResidentBytes;

    /// <inheritdoc />
    public Task<bool> PingAsync() => Worker.PingAsync();

    /// <inheritdoc />
    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken) => Worker.StopAsync(grace, cancellationToken);
}
