namespace TypedPool.Benchmarks.Contenders;

/// <summary>A lock that nobody else wants, entered and left.</summary>
internal sealed class UncontendedLock : IContender
{
    private readonly Lock _lock = new();
    private long _entered;

    public string Name => "an uncontended lock, taken and left";

    public Task StartAsync() => Task.CompletedTask;

    public Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            lock (_lock)
            {
                _entered++;
            }
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
