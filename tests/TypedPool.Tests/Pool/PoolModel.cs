using TypedPool.Pool;

namespace TypedPool.Tests.Pool;

/// <summary>
/// What a pool is to do, written as plainly as can be: lists of numbers, no lock, no task. Workers start at once.
/// </summary>
internal sealed class PoolModel(SupervisorSettings settings)
{
    private int _lastNumber;
    private int _lastBack;

    internal int Size { get; set; } = settings.Size;

    /// <summary>Free workers, the last one to come back at the end.</summary>
    internal List<Worker> Free { get; } = [];

    /// <summary>Workers with a caller.</summary>
    internal List<Worker> Busy { get; } = [];

    /// <summary>Callers, the first one to come at the front: number, and when it came.</summary>
    internal List<(int Caller, TimeSpan Since, bool Alone)> Waiting { get; } = [];

    /// <summary>Which caller got which worker.</summary>
    internal Dictionary<int, int> Served { get; } = [];

    internal TimeSpan Now { get; private set; }

    internal int Suspects => Free.Concat(Busy).Count(worker => worker.IsSuspect);

    private int Alive => Free.Count + Busy.Count;

    private IEnumerable<Worker> Open => Free.Concat(Busy).Where(worker => !worker.MustLeave && !worker.IsAlone && worker.Calls < settings.CallsPerWorker + settings.Prefetch);

    /// <summary>The least busy one, of these the last one to come back; those above the size later, those in which the call would wait after them, suspected ones last of all.</summary>
    private Worker? Best(bool alone) => Open
        .Where(worker => Runs(worker) || (!alone && Alive >= Size))
        .OrderBy(worker => worker.IsSuspect ? 1 : 0).ThenBy(worker => Runs(worker) ? 0 : 1).ThenBy(worker => worker.IsSurplus ? 1 : 0)
        .ThenBy(worker => worker.Calls).ThenByDescending(worker => worker.Back).FirstOrDefault();

    /// <summary>Whether it would run one more call, and not have it wait.</summary>
    private bool Runs(Worker worker) => worker.Calls < settings.CallsPerWorker;

    private IEnumerable<Worker> LongestIdle => Free.OrderBy(worker => worker.Since).ThenBy(worker => worker.Number);

    internal void Take(int caller, bool alone)
    {
        Waiting.Add((caller, Now, alone));
        ServeFirst();
    }

    internal void Cancel(int index)
    {
        Waiting.RemoveAt(index);
        ServeFirst();
    }

    internal void Return(int index)
    {
        var worker = Busy[index];
        worker.Calls--;
        if (worker.Calls == 0)
        {
            Busy.RemoveAt(index);
            worker.IsAlone = false;
        }

        if (!worker.MustLeave)
        {
            worker.SeenAlive = Now;
            Ready(worker);
        }
    }

    internal void DieFree(int index) => Free.RemoveAt(index);

    internal void DieBusy(int index) => Busy.RemoveAt(index);

    internal void FallSilent(int index) => Free[index].IsSilent = true;

    internal void Speak(Worker worker)
    {
        worker.IsSilent = worker.IsSuspect = false;
        if (worker.PingedAt is not null)
        {
            worker.PingedAt = null;
            worker.SeenAlive = Now;
        }
    }

    internal void Advance(TimeSpan time)
    {
        Now += time;
        Waiting.RemoveAll(caller => Now - caller.Since >= ScriptedPool.Patience);
        ServeFirst();
    }

    internal void Recycle()
    {
        // Each old worker, in the order in which they came, is followed by a new one before it leaves.
        foreach (var old in Free.OrderBy(worker => worker.Number).ToList())
        {
            Start();
            Free.Remove(old);
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
            Busy[i].MustLeave = true;
        }
    }

    /// <summary>What the supervisor does until nothing is left to do.</summary>
    internal void Settle()
    {
        while (Alive < Size)
        {
            Start();
        }

        if (Waiting.Count > 0 && Now - Waiting[0].Since >= settings.OverflowDelay)
        {
            // One has waited: all that wait get a worker, as far as there is room.
            var needed = (Waiting.Count + settings.CallsPerWorker - 1) / settings.CallsPerWorker;
            for (var more = Math.Min(needed, Size + settings.Overflow - Alive); more > 0; more--)
            {
                Start();
            }
        }

        while (Alive > Size && LongestIdle.FirstOrDefault() is { } idle && Now - idle.Since >= settings.OverflowIdleTime)
        {
            Free.Remove(idle);
        }

        foreach (var (index, worker) in Free.Concat(Busy).OrderBy(worker => worker.Number).Index())
        {
            worker.IsSurplus = index >= Size;
        }

        foreach (var worker in Free.OrderBy(worker => worker.Number).ToList())
        {
            Ping(worker);
        }
    }

    private void Ping(Worker worker)
    {
        if (worker.PingedAt is { } pinged)
        {
            if (!worker.IsSuspect && Now - (pinged > worker.Since ? pinged : worker.Since) >= settings.HealthTimeout)
            {
                worker.IsSuspect = true;
            }
        }
        else if (Now - worker.SeenAlive >= settings.HealthInterval)
        {
            worker.PingedAt = worker.IsSilent ? Now : null;
            worker.SeenAlive = worker.IsSilent ? worker.SeenAlive : Now;
        }
    }

    private void Start() => Ready(new Worker { Number = ++_lastNumber, SeenAlive = Now });

    private void Ready(Worker worker)
    {
        worker.Back = ++_lastBack;
        if (worker.Calls == 0)
        {
            worker.Since = Now;
            Free.Add(worker);
        }

        ServeFirst();
    }

    private void ServeFirst()
    {
        while (Waiting.Count > 0 && Best(Waiting[0].Alone) is { } worker)
        {
            var (caller, _, alone) = Waiting[0];
            Waiting.RemoveAt(0);
            Serve(caller, worker, alone);
        }
    }

    private void Serve(int caller, Worker worker, bool alone)
    {
        worker.IsAlone = alone && settings.Prefetch > 0;
        if (worker.Calls++ == 0)
        {
            Free.Remove(worker);
            Busy.Add(worker);
        }

        Served[caller] = worker.Number;
    }

    /// <summary>A worker, with no process and no channel.</summary>
    internal sealed class Worker
    {
        internal required int Number { get; init; }

        internal required TimeSpan SeenAlive { get; set; }

        /// <summary>How many callers it has.</summary>
        internal int Calls { get; set; }

        /// <summary>It has a call that must have it for itself.</summary>
        internal bool IsAlone { get; set; }

        /// <summary>When it last came back or became ready: the how-manieth of all.</summary>
        internal int Back { get; set; }

        /// <summary>When it became free.</summary>
        internal TimeSpan Since { get; set; }

        /// <summary>It leaves when it comes back.</summary>
        internal bool MustLeave { get; set; }

        /// <summary>It answers no ping.</summary>
        internal bool IsSilent { get; set; }

        /// <summary>When it was sent the ping that it has not answered.</summary>
        internal TimeSpan? PingedAt { get; set; }

        internal bool IsSuspect { get; set; }

        /// <summary>It is one of those above the size: of all, the last ones to start.</summary>
        internal bool IsSurplus { get; set; }
    }
}
