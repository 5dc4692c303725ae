using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>The pool's workers that run. All counting is done here.</summary>
internal sealed class WorkerTable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Worker> _workers = [];
    private bool _isClosed;

    /// <summary>How many workers run.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _workers.Count;
            }
        }
    }

    /// <summary>Adds a worker.</summary>
    /// <param name="worker">The worker.</param>
    /// <returns>False where the table is closed; then the worker is the caller's to stop.</returns>
    internal bool TryAdd(Worker worker)
    {
        lock (_gate)
        {
            return !_isClosed && _workers.Add(worker);
        }
    }

    /// <summary>Removes a worker.</summary>
    /// <param name="worker">The worker.</param>
    internal void Remove(Worker worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
        }
    }

    /// <summary>Takes no more workers.</summary>
    /// <returns>Those that run.</returns>
    internal Worker[] Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return [.. _workers];
        }
    }
}
