using TypedPool.Pool;

namespace TypedPool.Tests.Pool;

/// <summary>
/// What a pool is to do, written as plainly as can be: lists of numbers, no lock, no task. Workers start at once.
/// </summary>
internal sealed class PoolModel(SupervisorSettings settings)
{
    private int _lastNumber;

    internal int Size { get; set; } = settings.Size;

    /// <summary>Free workers, the last one to come back at the end: number, and when it became free.</summary>
    internal List<(int Number, TimeSpan Since)> Free { get; } = [];

    /// <summary>Workers with a caller: number, and whether it is to leave.</summary>
    internal List<(int Number, bool MustLeave)> Busy { get; } = [];

    /// <summary>Callers, the first one to come at the front: number, and when it came.</summary>
    internal List<(int Caller, TimeSpan Since)> Waiting { get; } = [];

    /// <summary>Which caller got which worker.</summary>
    internal Dictionary<int, int> Served { get; } = [];

    internal TimeSpan Now { get; private set; }

    private int Alive => Free.Count + Busy.Count;

    private IEnumerable<(int Number, TimeSpan Since)> LongestIdle => Free.OrderBy(worker => worker.Since).ThenBy(worker => worker.Number);

    internal void Take(int caller)
    {
        if (Free.Count > 0)
        {
            Serve(caller, Free[^1].Number);
            Free.RemoveAt(Free.Count - 1);
        }
        else
        {
            Waiting.Add((caller, Now));
        }
    }

    internal void Cancel(int index) => Waiting.RemoveAt(index);

    internal void Return(int index)
    {
        var (number, mustLeave) = Busy[index];
        Busy.RemoveAt(index);
        if (!mustLeave)
        {
            Ready(number);
        }
    }

    internal void DieFree(int index) => Free.RemoveAt(index);

    internal void DieBusy(int index) => Busy.RemoveAt(index);

    internal void Advance(TimeSpan time)
    {
        Now += time;
        Waiting.RemoveAll(caller => Now - caller.Since >= ScriptedPool.Patience);
    }

    internal void Recycle()
    {
        // Each old worker, free ones first, is followed by a new one before it leaves.
        var old = Free.Select(worker => worker.Number).ToList();
        foreach (var number in old)
        {
            Ready(++_lastNumber);
            if (Free.FindIndex(worker => worker.Number == number) is >= 0 and var index)
            {
                Free.RemoveAt(index);
            }
        }
    }

    internal void Resize(int size)
    {
        Size = size;
        foreach (var idle in LongestIdle.Take(Math.Max(0, Alive - size)).ToList())
        {
            Free.Remove(idle);
        }

        for (var i = 0; i < Busy.Count && Alive - Busy.Count(worker => worker.MustLeave) > size; i++)
        {
            Busy[i] = Busy[i] with { MustLeave = true };
        }
    }

    /// <summary>What the supervisor does until nothing is left to do.</summary>
    internal void Settle()
    {
        while (Alive < Size)
        {
            Ready(++_lastNumber);
        }

        if (Waiting.Count > 0 && Now - Waiting[0].Since >= settings.OverflowDelay)
        {
            // One has waited: all that wait get a worker, as far as there is room.
            for (var more = Math.Min(Waiting.Count, Size + settings.Overflow - Alive); more > 0; more--)
            {
                Ready(++_lastNumber);
            }
        }

        while (Alive > Size && LongestIdle.FirstOrDefault() is { Number: > 0 } idle && Now - idle.Since >= settings.OverflowIdleTime)
        {
            Free.Remove(idle);
        }
    }

    private void Ready(int number)
    {
        if (Waiting.Count > 0)
        {
            var caller = Waiting[0].Caller;
            Waiting.RemoveAt(0);
            Serve(caller, number);
        }
        else
        {
            Free.Add((number, Now));
        }
    }

    private void Serve(int caller, int number)
    {
        Busy.Add((number, false));
        Served[caller] = number;
    }
}
