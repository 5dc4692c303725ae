namespace TypedPool.Pool;

/// <summary>What becomes of a call whose worker died: made with the first death, since nearly no call needs it.</summary>
/// <param name="retries">How often the command may be run again where it may have run; zero unless it is idempotent.</param>
internal sealed class Attempts(int retries)
{
    /// <summary>How many workers may die before a call that none of them has started is given up.</summary>
    internal const int MostUnstarted = 3;

    private readonly List<WorkerCrashedException> _crashes = [];
    private int _unstarted;

    /// <summary>The last death of a worker that may have run the command; null where there was none.</summary>
    internal WorkerCrashedException? LastCrash => _crashes.Count > 0 ? _crashes[^1] : null;

    /// <summary>Decides after the loss of a worker: its death, or a broken protocol before the call was started.</summary>
    /// <param name="lost">The loss.</param>
    /// <returns>Null where another worker may have the call; else how the call ends.</returns>
    internal PythonPoolException? EndAfter(PythonPoolException lost)
    {
        if (lost is not WorkerCrashedException { Delivery: Delivery.MayHaveRun } crash)
        {
            // Nobody has seen the call, so these deaths are not its doing. A caller is never told that nothing ran where something did.
            return ++_unstarted < MostUnstarted ? null : LastCrash ?? lost;
        }

        _crashes.Add(crash);
        return _crashes.Count <= retries ? null
            : _crashes.Count == 1 ? lost
            : CallErrors.Poison(_crashes);
    }
}
