namespace TypedPool.Workers;

/// <summary>
/// The end of one call before its time. The worker is told, and then gives the command its graces by itself; a worker
/// that has not answered when both are over is killed. The call waits for one or the other: a worker is free only when
/// its call has ended.
/// </summary>
internal sealed class Interruption
{
    private readonly Lock _gate = new();
    private readonly Worker _worker;
    private readonly PendingCall _call;
    private readonly Stopping _stopping;
    private ITimer? _timer;
    private bool _isOver;

    private Interruption(Worker worker, PendingCall call, CondemnReason reason, Stopping stopping)
    {
        _worker = worker;
        _call = call;
        _stopping = stopping;
        Reason = reason;
    }

    /// <summary>Why the call is to end.</summary>
    internal CondemnReason Reason { get; }

    /// <summary>Asks for a call's end.</summary>
    /// <param name="worker">Its worker.</param>
    /// <param name="call">The call, sent.</param>
    /// <param name="reason">Why it is to end.</param>
    /// <param name="stopping">How.</param>
    /// <param name="time">The clock.</param>
    internal static void Begin(Worker worker, PendingCall call, CondemnReason reason, Stopping stopping, TimeProvider time)
    {
        var interruption = new Interruption(worker, call, reason, stopping);
        if (!call.TrySet(interruption))
        {
            return;
        }

        if (worker.TryTakeBack(call, call.Id, reason))
        {
            return;
        }

        if (!worker.CanCancel || stopping.UntilKill == TimeSpan.Zero)
        {
            worker.Condemn(reason, call);
            return;
        }

        interruption.SetTimer(time);
        worker.Cancel(call.Id, stopping.CancelGrace);
    }

    /// <summary>The call has ended: its worker is not killed for it any more.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void SetTimer(TimeProvider time)
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                using var _ = ExecutionContext.SuppressFlow();
                _timer = time.CreateTimer(static it => ((Interruption)it!).Kill(), this, _stopping.UntilKill, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Kill()
    {
        lock (_gate)
        {
            // Under the gate, so that it cannot reach the worker's next call.
            if (!_isOver)
            {
                _worker.Condemn(Reason, _call);
            }
        }
    }
}
