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
internal sealed class Worker
{
    /// <summary>How long the streams of a process that has ended are read on: what it wrote is there already.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a worker that closed its channel may take to exit, so that its own exit code is learnt.</summary>
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(1);

    private readonly IWorkerProcess _process;
    private readonly WorkerSettings _settings;
    private readonly WorkerConnection _connection;
    private readonly StandardErrorLog _standardError;
    private readonly CommandClock _clock;
    private readonly CancellationTokenSource _draining = new();
    private StartedCounter? _started;
    private string? _stacksPath;
    private Task<string> _stacks = Task.FromResult("");
    private int _reason;

    internal Worker(string id, IWorkerProcess process, WorkerSettings settings)
    {
        Id = id;
        _process = process;
        _settings = settings;
        ProcessId = process.ProcessId;
        _standardError = new StandardErrorLog(process.StandardError, id, settings.OutputLogger, _draining.Token);
        _clock = new CommandClock(settings.TimeProvider, () => Condemn(CondemnReason.CommandTimeout));
        _connection = new WorkerConnection(process.Input, process.Output, settings.MaxMessageBytes, OnChannelClosed);
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

    /// <summary>Why it is of no more use.</summary>
    internal CondemnReason Reason => (CondemnReason)Volatile.Read(ref _reason);

    /// <summary>Whether it can take a call.</summary>
    internal bool IsUsable => Reason == CondemnReason.None;

    /// <summary>Completes when the process has ended and everything that it held is released.</summary>
    internal Task Ended { get; }

    /// <summary>The exit code of the process; null while it runs, or where it cannot be learnt.</summary>
    internal int? ExitCode { get; private set; }

    /// <summary>The id of the call that it started last; null while it runs, or where it is not known.</summary>
    internal long? LastStarted { get; private set; }

    /// <summary>The last lines on its standard error.</summary>
    internal string StandardErrorTail => _standardError.Tail;

    /// <summary>Runs a command. The worker is free for another call afterwards only if it <see cref="IsUsable"/>.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="limit">How long the command may run.</param>
    /// <param name="readResult">Reads the result.</param>
    /// <param name="cancellationToken">Gives up the call, which costs the worker.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="PythonPoolException">The worker was lost before it answered.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the worker answered.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<CallOutcome<TResult>> CallAsync<TResult>(
        RequestBuffer request, TimeLimit limit, JsonReader<TResult> readResult, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _clock.Start(limit.Time);
        var registration = cancellationToken.UnsafeRegister(static worker => ((Worker)worker!).Condemn(CondemnReason.Cancelled), this);
        try
        {
            return await _connection.CallAsync(request, limit.Time, readResult).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            Condemn(CondemnReason.Died);
            throw await LossAsync(closed, limit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Both return only when no condemnation of this call is under way: none can reach the next one.
            _clock.Stop();
            await registration.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Declares the worker to be of no more use, and kills it, unless it has ended by itself.</summary>
    /// <param name="reason">Why.</param>
    internal void Condemn(CondemnReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)CondemnReason.None) != (int)CondemnReason.None)
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

    /// <summary>Looks through the windows that the worker has told of.</summary>
    /// <param name="started">Where it counts the calls that it starts, or null.</param>
    /// <param name="stacks">Where it writes its stacks when asked, or null.</param>
    internal void Observe(string? started, string? stacks)
    {
        _started = StartedCounter.TryOpen(started);
        _stacksPath = stacks;
    }

    /// <summary>Asks a worker without a call to leave, and kills it if it does not.</summary>
    /// <param name="grace">How long it may take.</param>
    /// <param name="cancellationToken">Ends the grace.</param>
    /// <returns>Completes when nothing of the worker is left.</returns>
    internal async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        Interlocked.CompareExchange(ref _reason, (int)CondemnReason.Stopped, (int)CondemnReason.None);
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
        await _connection.Closed.ConfigureAwait(false);
        await EndsWithinAsync(_standardError.Drained, DrainTime).ConfigureAwait(false);
        await _draining.CancelAsync().ConfigureAwait(false);
        await _standardError.Drained.ConfigureAwait(false);
        LastStarted = _started?.Last;
        _started?.Dispose();
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

    private async ValueTask<Exception> LossAsync(ChannelClosedException closed, TimeLimit limit, CancellationToken cancellationToken)
    {
        switch (Reason)
        {
            case CondemnReason.Cancelled:
                return new OperationCanceledException("The call was cancelled; its worker was killed.", closed, cancellationToken);
            case CondemnReason.CommandTimeout:
                return WorkerLoss.TimedOut(limit, await _stacks.ConfigureAwait(false));
            case CondemnReason.Died or CondemnReason.ProtocolFault when closed is { RequestWasSent: true, InnerException: ProtocolException fault }:
                await Ended.ConfigureAwait(false);
                return new ProtocolException(fault.Message, fault) { Delivery = DeliveryOf(closed) };
            case CondemnReason.Stopped:
                return new PoolUnavailableException("The pool was stopped, and the call did not end within ShutdownTimeout.");
            default:
                await Ended.ConfigureAwait(false);
                return WorkerLoss.Crashed(this, DeliveryOf(closed));
        }
    }

    /// <summary>How far a call had come when the worker ended: what cannot be proven may have run.</summary>
    private Delivery DeliveryOf(ChannelClosedException closed) =>
        closed.RequestWasSent && !(LastStarted is >= 0 and var last && last < closed.RequestId) ? Delivery.MayHaveRun : Delivery.NotStarted;
}
