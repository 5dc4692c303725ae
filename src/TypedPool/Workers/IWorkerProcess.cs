namespace TypedPool.Workers;

/// <summary>The process of a worker: its channel, its standard error, its end.</summary>
internal interface IWorkerProcess : IDisposable
{
    /// <summary>The process id.</summary>
    int ProcessId { get; }

    /// <summary>What the host writes and the worker reads.</summary>
    Stream Input { get; }

    /// <summary>What the worker writes and the host reads.</summary>
    Stream Output { get; }

    /// <summary>The worker's standard error.</summary>
    Stream StandardError { get; }

    /// <summary>
    /// Completes when the process has ended, with its exit code; null where the code cannot be learnt. Does not wait for the streams, which a process
    /// that the worker left behind may hold open.
    /// </summary>
    Task<int?> Exited { get; }

    /// <summary>Ends the process and those that it started, now. Does nothing where it has ended.</summary>
    void Kill();
}
