using TypedPool.Pool;

namespace TypedPool.Tests.Pool;

/// <summary>A worker that does what a test says: no process, no Python.</summary>
internal sealed class ScriptedWorker(int number) : IPooledWorker
{
    private readonly TaskCompletionSource _ended = new();
    private int _callers;

    public int Number { get; } = number;

    public string Id => $"worker {Number}";

    public bool IsUsable { get; private set; } = true;

    public Task Ended => _ended.Task;

    public long ResidentBytes { get; set; }

    /// <summary>How often it was asked to leave.</summary>
    public int Stops { get; private set; }

    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        Stops++;
        Die();
        return Task.CompletedTask;
    }

    /// <summary>A caller has it.</summary>
    /// <returns>How many callers have it: one, if the pool is right.</returns>
    public int Enter() => Interlocked.Increment(ref _callers);

    /// <summary>A caller no longer has it.</summary>
    public void Leave() => Interlocked.Decrement(ref _callers);

    /// <summary>Its process has gone.</summary>
    public void Die()
    {
        IsUsable = false;
        _ended.TrySetResult();
    }

    public override string ToString() => Id;
}
