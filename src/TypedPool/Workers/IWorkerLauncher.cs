namespace TypedPool.Workers;

/// <summary>Starts worker processes. What follows knows of no operating system's processes but through it.</summary>
internal interface IWorkerLauncher
{
    /// <summary>Starts a worker's process. Returns as soon as it runs, before it has said anything.</summary>
    /// <param name="token">The token with which the worker opens its channel.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The process.</returns>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    Task<IWorkerProcess> LaunchAsync(string token, CancellationToken cancellationToken);
}
