using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TypedPool.Serialization;
using TypedPool.Telemetry;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>
/// A running worker process with its connection. It is of use until it is condemned, for the first of several
/// possible reasons; from then on it ends, and <see cref="Ended"/> completes when nothing of it is left.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "They are released with the process, before Ended completes.")]
internal sealed partial class Worker
{
    /// <summary>How long the streams of a process that has ended are read on: what it wrote is there already.</summary>
    internal static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a worker that closed its channel may take to exit, so that its own exit code is learnt.</summary>
    internal static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(1);

    /// <summary>How long the user's logger may take for what a worker said last.</summary>
    private static readonly TimeSpan LogTime = TimeSpan.FromSeconds(5);

    private readonly IWorkerProcess _process;
    private readonly WorkerSettings _settings;
    private readonly WorkerConnection _connection;
    private readonly WorkerLog _log;
    private readonly StandardErrorLog _standardError;
    private readonly CommandClock _clock;
    private readonly SpareCall _spare = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly CallLine _line;
    private SharedWords? _words;
    private string? _stacksPath;
    private Task<string> _stacks = Task.FromResult("");
    private Condemnation? _condemnation;

    /// <summary>Completes when nobody has patience with a call any more: not with the reader of its result either.</summary>
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Worker(string id, IWorkerProcess process, WorkerSettings settings)
    {
        Id = id;
        _process = process;
        _settings = settings;
        ProcessId = process.ProcessId;
        _log = new WorkerLog(id, settings.Output, settings.OutputDropped);
        _standardError = new StandardErrorLog(process.StandardError, _log, _draining.Token);
        _clock = new CommandClock(settings.TimeProvider, OnTimeout);
        _line = new CallLine(settings.TimeProvider, _clock, (it, id) => TryTakeBack(it, id, CondemnReason.WaitedTooLong));

        // It rests by the system's clock: no promise of the pool's is kept by that, and it ends also where the pool's time stands still.
        var restClock = process.OutputIsCheapToTry ? TimeProvider.System : null;
        _connection = new WorkerConnection(process.Input, process.Output, settings.MaxMessageBytes, OnChannelClosed, restClock) { Listener = _log };
        Ended = EndAsync();
    }

    /// <summary>The worker's id, unique in the pool's life.</summary>
    internal string Id { get; }

    /// <summary>The id of its process.</summary>
    internal int ProcessId { get; }

    /// <summary>How many bytes of memory its process occupies; 0 where that is not known.</summary>
    internal long ResidentBytes => _process.ResidentBytes;

    /// <summary>Its connection.</summary>
    internal WorkerConnection Connection => _connection;

    /// <summary>Whether it takes attachments, as it said in the handshake.</summary>
    internal bool TakesAttachments => _connection.TakesAttachments;

    /// <summary>Why it is of no more use.</summary>
    internal CondemnReason Reason => Volatile.Read(ref _condemnation)?.Reason ?? CondemnReason.None;

    /// <summary>Whether it can take a call.</summary>
    internal bool IsUsable => Reason == CondemnReason.None;

    /// <summary>Whether it stops a call when asked to.</summary>
    internal bool CanCancel { get; private set; }

    /// <summary>Whether calls may wait in it for another one.</summary>
    internal bool CanPrefetch { get; private set; }

    /// <summary>Completes when the process has ended and everything that it held is released.</summary>
    internal Task Ended { get; }

    /// <summary>The exit code of the process; null while it runs, or where it cannot be learnt.</summary>
    internal int? ExitCode { get; private set; }

    /// <summary>Whether it was killed because it had closed its channel and did not exit: its exit code is not its own then.</summary>
    internal bool HasOutstayed { get; private set; }

    /// <summary>The id of the call that it started last; null while it runs, or where it is not known.</summary>
    internal long? LastStarted { get; private set; }

    /// <summary>The last lines that it printed or logged.</summary>
    internal string StandardErrorTail => _log.Tail;

    /// <summary>Runs a command. The worker is free for another call afterwards only if it <see cref="IsUsable"/>.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="limit">How long the command may run.</param>
    /// <param name="readResult">Reads the result.</param>
    /// <param name="cancellationToken">Gives up the call: it ends when the worker has ended it, or has been killed.</param>
    /// <param name="stopping">How the command is stopped when it runs too long or is cancelled.</param>
    /// <param name="listener">Hears what the worker says of the call, or null.</param>
    /// <param name="wait">How long it may wait for other calls of the worker, where it may.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="PythonPoolException">The worker was lost before it answered, or the command ran too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the command had ended.</exception>
    /// <exception cref="CallTakenBackException">It waited for other calls, and will not be run.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<CallOutcome<TResult>> CallAsync<TResult>(
        RequestBuffer request,
        TimeLimit limit,
        JsonReader<TResult> readResult,
        CancellationToken cancellationToken,
        Stopping stopping = default,
        IMessageListener? listener = null,
        WaitLimit wait = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = listener is null ? _spare.Take(readResult) : new ListeningCall<TResult>(readResult, listener);
        var sent = listener is null ? null : new SentCall(_connection, _clock, call, stopping);
        var registration = default(CancellationTokenRegistration);
        var isAnswered = false;
        call.IsInLine = CanPrefetch && wait != default;
        if (call.IsInLine)
        {
            // It gets its place there with its id, when it is sent.
            (call.Stopping, call.Limit, call.Wait) = (stopping, limit, wait);
        }
        else
        {
            _clock.Start(call, limit.Time, stopping);
        }

        try
        {
            if (sent is not null)
            {
                // Before anybody can read what the worker says of it.
                listener!.OnSent(sent);
            }

            var write = _connection.Send(call, request, limit.Time);
            if (cancellationToken.CanBeCanceled)
            {
                // Not before the request is on its way, so that the worker does not hear of the cancellation first.
                registration = OnCancellation(call, stopping, cancellationToken);
            }

            var outcome = await _connection.ReceiveAsync(call, write).ConfigureAwait(false);
            isAnswered = true;
            return call.Interruption is null ? outcome : Interrupted(call, outcome, limit, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            Condemn(CondemnReason.Died);
            var loss = await LossAsync(call, closed, limit, cancellationToken).ConfigureAwait(false);
            if (loss is PythonPoolException failure)
            {
                failure.HasWaited = closed.IsBehindOthers;
            }

            throw loss;
        }
        finally
        {
            // All return only when no condemnation of this call is under way: none can reach the next one.
            sent?.End();
            if (call.IsInLine)
            {
                _line.Leave(call);
            }

            _clock.Stop(call);
            await registration.DisposeAsync().ConfigureAwait(false);
            call.Interruption?.End();
            if (isAnswered && listener is null && call.Interruption is null && IsUsable)
            {
                _spare.Keep(call);
            }
        }
    }

    /// <summary>Asks a worker for a sign of life. It may be given a call meanwhile.</summary>
    /// <returns>Completes when it has answered, in whatever way; false where it has ended instead.</returns>
    internal async Task<bool> PingAsync()
    {
        try
        {
            await Handshake.PingAsync(_connection).ConfigureAwait(false);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>Declares the worker to be of no more use, and kills it, unless it has ended by itself.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="culprit">The call for whose sake, or null.</param>
    internal void Condemn(CondemnReason reason, PendingCall? culprit = null)
    {
        if (reason is not (CondemnReason.Died or CondemnReason.ProtocolFault))
        {
            _givenUp.TrySetResult();
        }

        if (Interlocked.CompareExchange(ref _condemnation, new Condemnation(reason, culprit), null) is not null)
        {
            return;
        }

        if (reason == CondemnReason.Died)
        {
            _ = KillUnlessExitedAsync();
        }
        else if (reason == CondemnReason.CommandTimeout && _stacksPath is not null)
        {
            _stacks = TakeStacksAndKillAsync(_stacksPath);
        }
        else
        {
            _process.Kill();
        }
    }

    /// <summary>Takes in what the worker has told of itself in the handshake.</summary>
    /// <param name="capabilities">What it is capable of.</param>
    internal void Observe(WorkerCapabilities capabilities)
    {
        _words = SharedWords.TryOpen(capabilities.Started, isWritten: _settings.Prefetch && capabilities is { Prefetch: true, Cancel: true });
        _stacksPath = capabilities.Stacks;
        CanCancel = capabilities.Cancel;
        CanPrefetch = _settings.Prefetch && capabilities is { Prefetch: true, Cancel: true } && _words is not null;
        if (CanPrefetch)
        {
            _connection.KeepInLine(_line);
        }

        _connection.TakesAttachments = capabilities.Attachments;
        _connection.Memory = capabilities is { Attachments: true, Memory: true } ? _settings.Memory : null;
    }

    /// <summary>Asks a worker without a call to leave, and kills it if it does not.</summary>
    /// <param name="grace">How long it may take.</param>
    /// <param name="cancellationToken">Ends the grace.</param>
    /// <returns>Completes when nothing of the worker is left.</returns>
    internal async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        Interlocked.CompareExchange(ref _condemnation, new Condemnation(CondemnReason.Stopped, null), null);
        if (grace > TimeSpan.Zero || grace == Timeout.InfiniteTimeSpan)
        {
            try
            {
                await LeaveAsync().WaitAsync(grace, _settings.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                // It had its time.
            }
        }

        _givenUp.TrySetResult();
        _process.Kill();
        await Ended.ConfigureAwait(false);
    }

    private async Task LeaveAsync()
    {
        try
        {
            await Handshake.ShutdownAsync(_connection).ConfigureAwait(false);
            _connection.CloseInput();
        }
        catch (ChannelClosedException)
        {
            // It is leaving already.
        }

        await _process.Exited.ConfigureAwait(false);
    }

    private async Task EndAsync()
    {
        ExitCode = await _process.Exited.ConfigureAwait(false);
        Condemn(CondemnReason.Died);

        // A process that the worker left behind may hold the streams open: they get a moment, then they are closed.
        await EndsWithinAsync(_connection.Closed, DrainTime).ConfigureAwait(false);
        _connection.Abort();

        // Now it closes at once, unless the reader of a result is at work: it may end as long as its call has time.
        await Task.WhenAny(_connection.Closed, _givenUp.Task).ConfigureAwait(false);
        await EndsWithinAsync(_connection.Closed, DrainTime).ConfigureAwait(false);
        _connection.Abandon();
        await EndsWithinAsync(_standardError.Drained, DrainTime).ConfigureAwait(false);
        await _draining.CancelAsync().ConfigureAwait(false);
        await _standardError.Drained.ConfigureAwait(false);
        await EndsWithinAsync(_log.Logged, LogTime).ConfigureAwait(false);
        _log.Close();
        LastStarted = _words?.Started;
        _words?.Dispose();
        _line.Dispose();
        _clock.Dispose();
        _draining.Dispose();
        _process.Dispose();
    }

    private async Task<string> TakeStacksAndKillAsync(string path)
    {
        var stacks = await _process.TakeStacksAsync(path, _settings.TimeProvider).ConfigureAwait(false);
        _process.Kill();
        return stacks;
    }

    private async Task KillUnlessExitedAsync()
    {
        await EndsWithinAsync(_process.Exited, ExitGrace).ConfigureAwait(false);
        HasOutstayed = !_process.Exited.IsCompleted;
        _process.Kill();
    }

    /// <summary>Unlike a delay beside the task, this leaves no timer behind.</summary>
    private async Task EndsWithinAsync(Task task, TimeSpan time) =>
        await task.WaitAsync(time, _settings.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void OnChannelClosed(ProtocolException? fault)
    {
        if (fault is not null)
        {
            _settings.Logger.ProtocolBroken(Id, fault.Reason);
        }

        Condemn(fault is null ? CondemnReason.Died : CondemnReason.ProtocolFault);
    }

    private sealed record Condemnation(CondemnReason Reason, PendingCall? Culprit);
}
