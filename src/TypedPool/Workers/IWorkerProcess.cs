namespace TypedPool.Workers;

/// <summary>The process of a worker: its channel, its standard error, its end.</summary>
internal interface IWorkerProcess : IDisposable
{
    /// <summary>The process id.</summary>
    int ProcessId { get; }

    /// <summary>How many bytes of memory it occupies; 0 where that is not known.</summary>
    long ResidentBytes { get; }

    /// <summary>What the host writes and the worker reads.</summary>
    Stream Input { get; }

    /// <summary>What the worker writes and the host reads.</summary>
    Stream Output { get; }

    /// <summary>Whether it is worth while to read <see cref="Output"/> at once after a request, before waiting for it.</summary>
    bool OutputIsCheapToTry => false;

    /// <summary>The worker's standard error.</summary>
    Stream StandardError { get; }

    /// <summary>
    /// Completes when the process has ended, with its exit code; null where the code cannot be learnt. Does not wait for the streams, which a process
    /// that the worker left behind may hold open.
    /// </summary>
    Task<int?> Exited { get; }

    /// <summary>Asks the process for the stacks of its threads, which may cost the call that it runs: it must be killed afterwards.</summary>
    /// <param name="path">Where it writes them, as it said in the handshake.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The stacks as Python prints them; empty where none came.</returns>
    Task<string> TakeStacksAsync(string path, TimeProvider time);

    /// <summary>Ends the process and those that it started, now. Does nothing where it has ended.</summary>
    void Kill();
}
