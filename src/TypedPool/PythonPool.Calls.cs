using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedPool.Pool;
using TypedPool.Serialization;
using TypedPool.Telemetry;
using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool;

/// <content>A call, from its arguments to its end.</content>
public sealed partial class PythonPool
{
    /// <inheritdoc />
    public Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command,
        TRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallAsync(command, request, options, items: null, cancellationToken).AsTask();

    /// <summary>What a call is on its way is used again by later ones: its task and its result are all that it leaves to the garbage collector.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResult> CallAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command, TRequest request, CallOptions? options, ItemQueue? items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (options is not null)
        {
            PythonPoolOptionsValidation.Validate(options);
        }

        if (!_running.TryEnter())
        {
            throw Described(Unavailable(), command.Name, options, worker: null);
        }

        var buffer = _buffers.Take();
        var observed = _observer.Begin(command.Name, options?.Session);
        var conversation = Conversation.Of(options, items, command.Streams, _options.MaxMessageBytes);
        try
        {
            Write(buffer, command, request, options, observed?.Traceparent, conversation, command.Attaches);
            var result = await RunAsync(buffer, command, request, options, observed, conversation, cancellationToken).ConfigureAwait(false);
            if (conversation is not null)
            {
                await EndAsync(conversation, command.Name).ConfigureAwait(false);
            }

            observed?.End(failure: null);
            return result;
        }
        catch (OperationCanceledException) when (conversation?.HasLeft == true)
        {
            // Who has read as many items as he wanted has had a call that went well.
            await EndAsync(conversation, command.Name).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            observed?.End(failure: null);
            throw;
        }
        catch (Exception exception)
        {
            if (conversation is not null)
            {
                // Nothing is told of a call that has ended.
                await EndAsync(conversation, command.Name).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var cause = conversation?.CauseOf(exception) ?? exception;
            _observer.Failed(observed, cause, command.Name, options?.Session);
            if (cause is PythonPoolException failure)
            {
                throw Described(failure, command.Name, options, worker: null);
            }

            if (cause != exception)
            {
                ExceptionDispatchInfo.Throw(cause);
            }

            throw;
        }
        finally
        {
            _buffers.GiveBack(buffer);
            _running.Leave();
        }
    }

    private Task EndAsync(Conversation conversation, string command) =>
        conversation.EndAsync(parameter => _logger.StreamRunsOn(command, Name, parameter));

    private void Write<TRequest, TResult>(
        RequestBuffer buffer, PythonCommand<TRequest, TResult> command, TRequest request, CallOptions? options, string? traceparent, Conversation? conversation, bool attaches)
    {
        Arguments.Write(
            buffer, command, request, attaches, options?.Session, traceparent, options?.Progress is not null, conversation?.Credit ?? 0, conversation?.Outgoing);
        if (buffer.MessageBytes > _options.MaxMessageBytes - RequestBuffer.TailBytes)
        {
            throw new InvalidArgumentsException(
                $"The request is {buffer.MessageBytes} bytes, and MaxMessageBytes is {_options.MaxMessageBytes}. "
                + "Send less, or set MaxMessageBytes.");
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResult> RunAsync<TRequest, TResult>(
        RequestBuffer buffer,
        PythonCommand<TRequest, TResult> command,
        TRequest request,
        CallOptions? options,
        ObservedCall? observed,
        Conversation? conversation,
        CancellationToken cancellationToken)
    {
        var limits = new CallLimits(_options, options);
        conversation?.LimitTo(limits);
        var isAlone = _prefetches && (conversation?.Streams == true || buffer.MessageBytes > PythonPoolDefaults.LargestPrefetched);

        // Where no calls wait in workers, whoever has had one came before all who wait.
        var came = _prefetches ? limits.Now : long.MinValue;
        var (wait, since) = (default(TimeLimit), 0L);
        var hasMoved = false;
        long? again = null;
        Attempts? attempts = null;
        while (true)
        {
            if (_prefetches && !hasMoved)
            {
                (wait, since) = (limits.Checkout, limits.Now);
            }

            var slot = await _observer.Metrics.MeasureCheckout(hasMoved
                ? WaitOnAsync(WaitOf(limits, wait, since), attempts?.LastCrash, isAlone, came, cancellationToken)
                : CheckoutAsync(limits, attempts?.LastCrash, isAlone, again, cancellationToken)).ConfigureAwait(false);
            var worker = slot.Worker!.Worker;
            observed?.RunsOn(worker.Id);
            HostedCall? hosted = null;
            Task? forgotten = null;
            try
            {
                var limit = limits.Command;
                hosted = _hosts is null ? null : Hosted(worker, limit, command.Name, options, conversation, cancellationToken);
                if (limit.Time == TimeSpan.Zero)
                {
                    throw CallErrors.TooLate(attempts?.LastCrash);
                }

                if (buffer.HasAttachments && !worker.TakesAttachments)
                {
                    Write(buffer, command, request, options, observed?.Traceparent, conversation, attaches: false);
                }

                var outcome = await worker.CallAsync(buffer, limit, command.ReadResult, cancellationToken, limits.Stopping, hosted ?? (IMessageListener?)conversation, isAlone ? default : WaitOf(limits, wait, since)).ConfigureAwait(false);
                return outcome.Error is { } error ? throw CallErrors.From(error, command.Errors)
                    : outcome.Mismatch is { } mismatch ? throw CallErrors.Mismatch(mismatch, outcome.MismatchPath)
                    : outcome.Result;
            }
            catch (CallTakenBackException taken)
            {
                forgotten = taken.Forgotten;
                throw taken.Reason == CondemnReason.Cancelled
                    ? CallErrors.CancelledUnstarted(taken, attempts?.LastCrash, cancellationToken)
                    : Described(WorkerLoss.WaitedTooLong(taken.Limit, attempts?.LastCrash), command.Name, options, worker.Id);
            }
            catch (PythonPoolException lost) when (lost is { HasWaited: true } and (WorkerCrashedException { Delivery: Delivery.NotStarted } or ProtocolException { Delivery: Delivery.NotStarted }))
            {
                // The worker was lost over another call: this one gets the next worker that there is, as if it had waited outside all the time.
                hasMoved = true;
            }
            catch (PythonPoolException lost) when (lost is WorkerCrashedException or ProtocolException { Delivery: Delivery.NotStarted })
            {
                (again, hasMoved) = (came, false);
                attempts ??= new Attempts(command.IsIdempotent && !command.Streams ? options?.IdempotentRetries ?? _options.IdempotentRetries : 0);
                if (attempts.EndAfter(Described(lost, command.Name, options, worker.Id)) is { } end)
                {
                    throw Described(end, command.Name, options, worker.Id);
                }
            }
            catch (PythonPoolException exception)
            {
                throw Described(exception, command.Name, options, worker.Id);
            }
            finally
            {
                hosted?.End();
                if (forgotten is null)
                {
                    _supervisor.Return(slot);
                }
                else
                {
                    _supervisor.ReturnAfter(slot, forgotten);
                }
            }
        }
    }

    /// <summary>How long a call may still wait, now in a worker.</summary>
    private WaitLimit WaitOf(in CallLimits limits, TimeLimit wait, long since)
    {
        if (!_prefetches)
        {
            return default;
        }

        var left = wait.Time == Timeout.InfiniteTimeSpan ? wait.Time : wait.Time - limits.Since(since);
        return new WaitLimit(wait, left < TimeSpan.Zero && wait.Time != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : left, limits.Deadline.Time);
    }

    /// <summary>Waits for another worker in the place of the one in which the call has waited, for the rest of the same time.</summary>
    private ValueTask<Slot<PooledWorker>> WaitOnAsync(
        WaitLimit wait, WorkerCrashedException? crash, bool isAlone, long came, CancellationToken cancellationToken) =>
        wait.Left == TimeSpan.Zero ? throw NoWorker(wait.Limit, crash)
        : crash is not null ? WaitAgainAsync(wait.Limit, wait.Left, crash, isAlone, came, cancellationToken)
        : _supervisor.Checkout.TakeAsync(wait.Left, _ => NoWorker(wait.Limit), cancellationToken, isAlone, came);

    private ValueTask<Slot<PooledWorker>> CheckoutAsync(
        CallLimits limits, WorkerCrashedException? crash, bool isAlone, long? again, CancellationToken cancellationToken)
    {
        var limit = limits.Checkout;
        if (limit.Time == TimeSpan.Zero)
        {
            throw CallErrors.TooLate(crash);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _supervisor.Checkout.TryTake(isAlone) is { } slot ? new(slot)
            : _hostChain.IsInside ? WaitInsideAsync(limit, crash, cancellationToken)
            : crash is not null ? WaitAgainAsync(limit, limit.Time, crash, isAlone, again, cancellationToken)
            : _supervisor.Checkout.TakeAsync(limit.Time, limit.IsDeadline ? _noWorkerBeforeDeadline : _noWorkerInTime, cancellationToken, isAlone, again);
    }

    private async ValueTask<Slot<PooledWorker>> WaitAgainAsync(
        TimeLimit limit, TimeSpan left, WorkerCrashedException crash, bool isAlone, long? again, CancellationToken cancellationToken)
    {
        try
        {
            return await _supervisor.Checkout.TakeAsync(left, _ => NoWorker(limit, crash), cancellationToken, isAlone, again).ConfigureAwait(false);
        }
        catch (PythonPoolException refused) when (refused is not CheckoutTimeoutException)
        {
            // What has become of the call is the crash: that it may have run must not be hidden by why it does not run again.
            throw crash;
        }
    }

    private CheckoutTimeoutException NoWorker(TimeLimit limit, WorkerCrashedException? crash = null)
    {
        var counts = _supervisor.Checkout.Count();
        var failure = _supervisor.LastFailure;
        return new CheckoutTimeoutException(
            $"No worker came free within {limit}: {counts.Free + counts.Busy} workers run (Size {_supervisor.Size}, "
            + $"Overflow {_options.Overflow}), {counts.Busy} are busy, {counts.Waiting} callers wait. "
            + $"{limit.Advice}, set Size or Overflow, or make the commands shorter."
            + (failure is null ? "" : $" The last start of a worker failed: {failure.Message}")
            + (crash is null ? "" : $" The command was to be run again: {crash.Message}"),
            crash ?? failure)
        {
            Timeout = limit.Time,
        };
    }

    private QueueFullException QueueFull(int waiting) => new(
        $"{waiting} callers wait for a worker already, and QueueLimit is {_options.QueueLimit}. "
        + "Call less at a time, or set Size, Overflow or QueueLimit.");

    private T Described<T>(T exception, string command, CallOptions? options, string? worker)
        where T : PythonPoolException
    {
        exception.PoolName ??= Name;
        exception.WorkerId ??= worker;
        exception.Session ??= options?.Session;
        exception.Command ??= command;
        return exception;
    }
}
