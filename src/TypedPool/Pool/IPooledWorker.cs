namespace TypedPool.Pool;

/// <summary>What the pool needs of a worker. Implemented by real ones, and by scripted ones in tests.</summary>
internal interface IPooledWorker
{
    /// <summary>The worker's id, unique in the pool's life.</summary>
    string Id { get; }

    /// <summary>Whether it can take a call.</summary>
    bool IsUsable { get; }

    /// <summary>Whether calls may wait in it: it tells which it has started, and gives back those that it has not.</summary>
    bool CanPrefetch { get; }

    /// <summary>Completes when nothing of it is left.</summary>
    Task Ended { get; }

    /// <summary>How many bytes of memory it occupies; 0 where that is not known.</summary>
    long ResidentBytes { get; }

    /// <summary>Asks a worker for a sign of life. It may be given a call meanwhile.</summary>
    /// <returns>Completes when it has answered; false where it has ended instead.</returns>
    Task<bool> PingAsync();

    /// <summary>Asks a worker without a call to leave, and ends it if it does not.</summary>
    /// <param name="grace">How long it may take.</param>
    /// <param name="cancellationToken">Ends the grace.</param>
    /// <returns>Completes when nothing of it is left.</returns>
    Task StopAsync(TimeSpan grace, CancellationToken cancellationToken);
}
