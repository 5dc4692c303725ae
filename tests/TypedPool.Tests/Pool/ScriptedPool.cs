using Microsoft.Extensions.Time.Testing;
using TypedPool.Pool;

namespace TypedPool.Tests.Pool;

/// <summary>A supervisor of scripted workers under a clock that the test moves. Its loop is the test's: nothing happens by itself.</summary>
internal sealed class ScriptedPool
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int _lastNumber;

    internal ScriptedPool(SupervisorSettings settings, int queueLimit = int.MaxValue)
    {
        Events = new RecordedEvents();
        Supervisor = new PoolSupervisor<ScriptedWorker>(settings, StartWorker, Events, Time, queueLimit);
    }

    internal FakeTimeProvider Time { get; } = new();

    internal RecordedEvents Events { get; }

    internal PoolSupervisor<ScriptedWorker> Supervisor { get; }

    /// <summary>What a start does; by default a new worker is ready at once.</summary>
    internal Func<Task<ScriptedWorker>>? OnStart { get; set; }

    /// <summary>What gives up the last start.</summary>
    internal CancellationToken LastStart { get; private set; }

    internal List<ScriptedWorker> Started { get; } = [];

    internal CheckoutCounts Counts => Supervisor.Checkout.Count();

    internal Task<Slot<ScriptedWorker>> TakeAsync(bool alone = false, CancellationToken cancellationToken = default) =>
        Supervisor.Checkout.TakeAsync(Patience, _ => new TimeoutException(), cancellationToken, alone).AsTask();

    /// <summary>Lets the supervisor act until nothing changes any more.</summary>
    internal void Settle()
    {
        CheckoutCounts before;
        do
        {
            before = Counts;
            Supervisor.Reconcile();
        }
        while (before != Counts);
    }

    internal void Advance(TimeSpan time)
    {
        Time.Advance(time);
        Settle();
    }

    internal ScriptedWorker NewWorker()
    {
        var worker = new ScriptedWorker(Interlocked.Increment(ref _lastNumber));
        lock (Started)
        {
            Started.Add(worker);
        }

        return worker;
    }

    private Task<ScriptedWorker> StartWorker(CancellationToken cancellationToken)
    {
        LastStart = cancellationToken;
        return OnStart?.Invoke() ?? Task.FromResult(NewWorker());
    }

    internal sealed class RecordedEvents : SupervisorEvents<ScriptedWorker>
    {
        internal List<string> Replaced { get; } = [];

        internal List<int> Failures { get; } = [];

        internal List<string> Pings { get; } = [];

        internal List<string> Ends { get; } = [];

        /// <summary>What hearing of a failed start does.</summary>
        internal Action? OnStartFailed { get; set; }

        /// <summary>What hearing of a worker's end does.</summary>
        internal Action? OnEnded { get; set; }

        /// <summary>Completes with what ended a turn of the loop.</summary>
        internal TaskCompletionSource<Exception> Fault { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override void Recycled(ScriptedWorker worker, string why) => Replaced.Add($"{worker.Number}: {why}");

        internal override void Suspected(ScriptedWorker worker, TimeSpan patience) => Pings.Add($"{worker.Number} is silent for {patience.TotalSeconds} s");

        internal override void Trusted(ScriptedWorker worker, TimeSpan after) => Pings.Add($"{worker.Number} answers after {after.TotalSeconds} s");

        internal override void Ended(ScriptedWorker worker, bool wasRetired)
        {
            Ends.Add($"{worker.Number} {(wasRetired ? "has left" : "is lost")}");
            OnEnded?.Invoke();
        }

        internal override void Failed(Exception exception) => Fault.TrySetResult(exception);

        internal override void StartFailed(Exception exception, int failures, TimeSpan delay)
        {
            Failures.Add(failures);
            OnStartFailed?.Invoke();
        }
    }
}
