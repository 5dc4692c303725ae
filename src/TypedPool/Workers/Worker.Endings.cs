using TypedPool.Wire;

namespace TypedPool.Workers;

/// <content>How calls end that do not end by their answer alone: cancelled, taken back, out of time, or with the worker.</content>
internal sealed partial class Worker
{
    /// <summary>Takes a call back that waits for another one, unless the worker may have started it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="id">Its id; where it has ended meanwhile, the object may be a later call already, which is left alone.</param>
    /// <param name="reason">Why.</param>
    /// <returns>True where it has ended, and will not be run.</returns>
    internal bool TryTakeBack(PendingCall call, long id, CondemnReason reason)
    {
        if (!CanPrefetch || reason == CondemnReason.CommandTimeout || !_line.IsWaiting(call))
        {
            return false;
        }

        // The worker starts no call from now on before it has read what is posted: so that must be something in either case.
        var isStarted = _words!.CountCancellation() >= id;
        if (isStarted)
        {
            PostCancel(id: null, TimeSpan.Zero);
            return false;
        }

        // It has ended before the worker can answer that it will not run it.
        _connection.TakeBack(id, reason);
        PostCancel(id, TimeSpan.Zero);
        return true;
    }

    /// <summary>Tells the worker that a call is to end.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="grace">How long the command may take to end by itself.</param>
    internal void Cancel(long id, TimeSpan grace)
    {
        if (!CanPrefetch)
        {
            PostCancel(id, grace);
            return;
        }

        // Not here: whoever asks may hold the lock of a clock, and the line, which needs that, is asked under the connection's.
        _words!.CountCancellation();
        ThreadPool.UnsafeQueueUserWorkItem(static it => it.Worker.PostCancel(it.Id, it.Grace), (Worker: this, Id: id, Grace: grace), preferLocal: false);
    }

    private void PostCancel(long? id, TimeSpan grace) => _connection.Post(OutgoingMessage.Notification("$/cancelRequest", call: null, writer =>
    {
        writer.WriteStartObject();
        if (id is { } number)
        {
            writer.WriteNumber("id"u8, number);
        }
        else
        {
            writer.WriteNull("id"u8);
        }

        writer.WriteNumber("graceMs"u8, grace.TotalMilliseconds);
        writer.WriteEndObject();
    }));

    private void OnTimeout(PendingCall call, Stopping stopping)
    {
        if (stopping.OnTimeout == TimeoutAction.Interrupt && call.Id > 0)
        {
            Interruption.Begin(this, call, CondemnReason.CommandTimeout, stopping, _settings.TimeProvider);
        }
        else
        {
            Condemn(CondemnReason.CommandTimeout, call);
        }
    }

    private CancellationTokenRegistration OnCancellation(PendingCall call, Stopping stopping, CancellationToken cancellationToken)
    {
        (call.Worker, call.Stopping) = (this, stopping);
        return cancellationToken.UnsafeRegister(static it => Cancel((PendingCall)it!), call);
    }

    private static void Cancel(PendingCall call) =>
        Interruption.Begin(call.Worker!, call, CondemnReason.Cancelled, call.Stopping, call.Worker!._settings.TimeProvider);

    /// <summary>A call that was to end before its time has ended, in whatever way.</summary>
    private static CallOutcome<TResult> Interrupted<TResult>(
        PendingCall call, CallOutcome<TResult> outcome, TimeLimit limit, CancellationToken cancellationToken) => call.Interruption!.Reason switch
    {
        // Its time was up, whatever came of it.
        CondemnReason.CommandTimeout => throw WorkerLoss.Interrupted(call.Limit ?? limit, outcome.Error?.Text("traceback") ?? ""),
        _ when outcome.Error?.Code == WireError.Cancelled => throw new OperationCanceledException("The call was cancelled.", cancellationToken),
        _ => outcome,
    };

    private async ValueTask<Exception> LossAsync(PendingCall call, ChannelClosedException closed, TimeLimit limit, CancellationToken cancellationToken)
    {
        var condemnation = _condemnation!;
        var own = call.Interruption?.Reason ?? (ReferenceEquals(condemnation.Culprit, call) ? condemnation.Reason : CondemnReason.None);
        switch (own)
        {
            case CondemnReason.Cancelled when condemnation.Reason is CondemnReason.Cancelled:
                return new OperationCanceledException("The call was cancelled; its worker was killed.", closed, cancellationToken);
            case CondemnReason.Cancelled:
                await Ended.ConfigureAwait(false);
                return new OperationCanceledException("The call was cancelled; its worker died.", WorkerLoss.Crashed(this, DeliveryOf(closed)), cancellationToken);
            case CondemnReason.CommandTimeout when closed.IsReaderStuck:
                return WorkerLoss.ReaderStuck(call.Limit ?? limit);
            case CondemnReason.CommandTimeout:
                return WorkerLoss.TimedOut(call.Limit ?? limit, await _stacks.ConfigureAwait(false));
        }

        switch (condemnation.Reason)
        {
            case CondemnReason.Died or CondemnReason.ProtocolFault when closed is { RequestWasSent: true, InnerException: ProtocolException fault }:
                await Ended.ConfigureAwait(false);
                return new ProtocolException(fault.Message, fault) { Delivery = DeliveryOf(closed) };
            case CondemnReason.Stopped:
                return new PoolUnavailableException("The pool was stopped, and the call did not end within ShutdownTimeout.");
            case CondemnReason.Cancelled or CondemnReason.CommandTimeout:
                await Ended.ConfigureAwait(false);
                return WorkerLoss.OfNeighbour(this, condemnation.Reason, DeliveryOf(closed));
            default:
                await Ended.ConfigureAwait(false);
                return WorkerLoss.Crashed(this, DeliveryOf(closed));
        }
    }

    /// <summary>How far a call had come when the worker ended: what cannot be proven may have run.</summary>
    private Delivery DeliveryOf(ChannelClosedException closed) =>
        closed.RequestWasSent && !(LastStarted is >= 0 and var last && last < closed.RequestId) ? Delivery.MayHaveRun : Delivery.NotStarted;
}
