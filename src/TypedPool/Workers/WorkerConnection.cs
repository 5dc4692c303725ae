using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>
/// The channel to a worker. A caller writes its request and, where nobody else is reading, reads its own answer on
/// its own thread; otherwise whoever reads gives it its answer. While no call waits, what comes is read in the
/// background. Writing and reading never wait for each other.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A write may end after all else, and nobody asks them for a wait handle: there is nothing to release.")]
internal sealed partial class WorkerConnection
{
    private readonly Stream _input;
    private readonly ReceiveBuffer _buffer;
    private readonly ChannelReader _reader;
    private readonly Action<ProtocolException?> _onClosed;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();

    /// <summary>Calls without an answer, by id. Guarded by the gate; null once the channel is closed.</summary>
    private Dictionary<long, PendingCall>? _pending = [];

    /// <summary>The call whose answer is being read. Guarded by the gate: whoever takes it away ends the call.</summary>
    private PendingCall? _delivered;

    private long _deliveredId;

    /// <summary>The call whose caller reads by itself, until its answer has been read. Only the holder of the reader role looks at it.</summary>
    private PendingCall? _direct;

    /// <summary>
    /// That call, or the first one that was answered where nobody reads for himself, from then on until the role has been
    /// given back: a caller who went on before would find it held, and have his next answer read by somebody else.
    /// </summary>
    private PendingCall? _ended;

    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _read;
    private Action? _onRead;

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _cause;
    private long _lastId;

    /// <summary>A connection whose reader role is held by its maker, until <see cref="OpenAsync"/> has ended.</summary>
    /// <param name="input">What the worker reads.</param>
    /// <param name="output">What the worker writes.</param>
    /// <param name="maxMessageBytes">The largest message to accept.</param>
    /// <param name="onClosed">Called once, when nothing more can be read; with the worker's fault, where it is one.</param>
    /// <param name="restClock">The clock by which it rests between calls; null where it does not.</param>
    internal WorkerConnection(Stream input, Stream output, int maxMessageBytes, Action<ProtocolException?> onClosed, TimeProvider? restClock = null)
    {
        _restClock = restClock;
        _input = input;
        _busy = output as IBusyStream;
        _onClosed = onClosed;
        _buffer = new ReceiveBuffer(maxMessageBytes);
        _reader = new ChannelReader(output, _buffer, ReadInBackground, _closing.Token);
    }

    /// <summary>Whether messages may bring attachments, as agreed in the handshake. Set while nothing is on its way.</summary>
    internal bool TakesAttachments
    {
        get => _buffer.TakesAttachments;
        set => _buffer.TakesAttachments = value;
    }

    /// <summary>Completes when the channel has ended and nothing more will be delivered.</summary>
    internal Task Closed => _closed.Task;

    /// <summary>Skips what was printed before the worker opened its channel, and begins to read.</summary>
    /// <param name="token">The token with which the worker opens it.</param>
    /// <returns>What was skipped.</returns>
    /// <exception cref="ChannelClosedException">The worker ended before it opened its channel.</exception>
    /// <exception cref="ProtocolException">Too much came before the channel was opened.</exception>
    internal async ValueTask<byte[]> OpenAsync(string token)
    {
        var prologue = new Prologue(token);
        byte[]? skipped;
        try
        {
            while (!prologue.TrySkip(_buffer, out skipped))
            {
                if (!await _reader.ReadAsync().ConfigureAwait(false))
                {
                    Close(fault: null);
                    throw new ChannelClosedException(requestId: 0, requestWasSent: false, cause: null);
                }
            }
        }
        catch (ProtocolException fault)
        {
            Close(fault);
            throw;
        }

        ReleaseRole();
        return skipped;
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="request">The request, all but completed.</param>
    /// <param name="timeout">What the worker is told of its time.</param>
    /// <param name="readResult">Reads the result.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChannelClosedException">The channel ended before the answer came.</exception>
    internal ValueTask<CallOutcome<TResult>> CallAsync<TResult>(RequestBuffer request, TimeSpan timeout, JsonReader<TResult> readResult)
    {
        var call = new PendingCall<TResult>(readResult);
        return ReceiveAsync(call, Send(call, request, timeout));
    }

    /// <summary>Begins to send a request. What is posted from now on reaches the worker after it.</summary>
    /// <param name="call">The call, which gets its id here.</param>
    /// <param name="request">The request, all but completed.</param>
    /// <param name="timeout">What the worker is told of its time.</param>
    /// <returns>What <see cref="ReceiveAsync"/> is to be given.</returns>
    /// <exception cref="ChannelClosedException">The channel has ended.</exception>
    internal ValueTask<Exception?> Send(PendingCall call, RequestBuffer request, TimeSpan timeout)
    {
        call.IsReadPromptly = request.IsReadPromptly;
        call.Memory = MemoryFor(request);
        if (_line is not null && request.MessageBytes <= LargestInBatch)
        {
            SendInBatch(call, request, timeout);
            return default;
        }

        Register(call);
        Complete(call, request, timeout);
        return WriteAsync(request.Frame, request.Rest);
    }

    /// <summary>Waits for the answer to a request.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="write">What <see cref="Send"/> returned.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChannelClosedException">The channel ended before the answer came.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<CallOutcome<TResult>> ReceiveAsync<TResult>(PendingCall<TResult> call, ValueTask<Exception?> write)
    {
        if (write.IsCompleted)
        {
            FailUnless(await write.ConfigureAwait(false), call.Id);
            ReadFor(call);
        }
        else
        {
            // A request larger than the pipe: what the worker writes meanwhile must be read, or both would wait for ever.
            ReadFor(call);
            FailUnless(await write.ConfigureAwait(false), call.Id);
        }

        return await call.Outcome.ConfigureAwait(false);
    }

    /// <summary>Sends a request whose answer is left to whoever reads: a caller who comes meanwhile still reads his own by himself.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="request">The request, all but completed.</param>
    /// <param name="readResult">Reads the result.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChannelClosedException">The channel ended before the answer came.</exception>
    internal async ValueTask<CallOutcome<TResult>> CallInBackgroundAsync<TResult>(RequestBuffer request, JsonReader<TResult> readResult)
    {
        var call = new PendingCall<TResult>(readResult);
        FailUnless(await Send(call, request, Timeout.InfiniteTimeSpan).ConfigureAwait(false), call.Id);
        Listen();
        return await call.Outcome.ConfigureAwait(false);
    }

    /// <summary>Ends the channel: nothing more is read or written, and every call without an answer fails.</summary>
    internal void Abort()
    {
        _closing.Cancel();
        Listen();
    }

    /// <summary>
    /// Closes an aborted channel whose reader is stuck in the reader of a result, which nobody can end: its call fails.
    /// When it returns after all, it finds that it has nothing to give its result to.
    /// </summary>
    internal void Abandon() => Close(fault: null, isReaderStuck: true);

    private void Complete(PendingCall call, RequestBuffer request, TimeSpan timeout) =>
        request.Complete(call.Id, timeout, TakesAttachments, call.Memory?.Arguments, call.Memory?.Result);

    private void Register(PendingCall call)
    {
        lock (_gate)
        {
            RegisterHeld(call);
        }
    }

    /// <summary>Under the gate.</summary>
    private void RegisterHeld(PendingCall call)
    {
        if (_pending is null)
        {
            call.Memory?.GiveBack(areArgumentsKept: false);
            throw new ChannelClosedException(requestId: 0, requestWasSent: false, _cause);
        }

        call.Id = ++_lastId;
        _pending.Add(call.Id, call);
        Expect(_pending.Count);
        if (call.IsInLine)
        {
            _line!.Enter(call);
        }
    }

    /// <summary>Handles what a read brought. The role stays with the caller.</summary>
    /// <returns>False where the channel has ended; then the role is never given back.</returns>
    private bool Handle(bool hasBytes)
    {
        if (!hasBytes)
        {
            Close(fault: null);
            return false;
        }

        try
        {
            while (_buffer.TryTake(out var body, out var attachments))
            {
                if (Answer.TryParseOwn(body, attachments, out var answer))
                {
                    if (!Deliver(in answer))
                    {
                        return false;
                    }
                }
                else if (IncomingMessage.TryParse(body, out var message))
                {
                    Hear(in message);
                }
                else if (!Deliver(Answer.Parse(body, attachments)))
                {
                    return false;
                }
            }

            return true;
        }
        catch (ProtocolException fault)
        {
            Close(fault);
            return false;
        }
    }

    /// <returns>False where the channel was abandoned meanwhile.</returns>
    private bool Deliver(in Answer answer)
    {
        PendingCall? call;
        lock (_gate)
        {
            // Whoever takes a call out of the table is the one who ends it.
            if (_pending is null)
            {
                return false;
            }

            if (!_pending.Remove(answer.Id, out call))
            {
                throw new ProtocolException($"The worker answered a call that it does not have (id {answer.Id}).");
            }

            Expect(_pending.Count);
            if (call.Forgotten is not null)
            {
                call.Memory?.GiveBack(answer.IsMemoryKept);
                Forget(call);
                return true;
            }

            (_delivered, _deliveredId) = (call, answer.Id);
        }

        LearnFrom(in answer);
        try
        {
            call.Read(in answer);
            call.Memory?.GiveBack(answer.IsMemoryKept);
        }
        catch (ProtocolException)
        {
            lock (_gate)
            {
                if (_delivered is not null)
                {
                    _pending?.Add(answer.Id, call);
                    _delivered = null;
                }
            }

            throw;
        }

        lock (_gate)
        {
            if (_delivered is null)
            {
                return false;
            }

            _delivered = null;
        }

        if (call == _direct || (_direct is null && _ended is null))
        {
            (_ended, _direct) = (call, null);
        }
        else
        {
            call.End(onThisThread: false);
        }

        return true;
    }

    /// <summary>The last act of whoever holds the reader role; or of somebody else, where that one is stuck.</summary>
    private void Close(ProtocolException? fault, bool isReaderStuck = false)
    {
        Dictionary<long, PendingCall> pending;
        PendingCall? delivered;
        lock (_gate)
        {
            if (_pending is null)
            {
                return;
            }

            (pending, delivered) = (_pending, _delivered);
            _pending = null;
            _delivered = null;
            _cause = fault;
        }

        _restTimer?.Dispose();

        // First, so that a caller who learns of the end finds the worker condemned.
        _onClosed(fault);
        var first = pending.Count > 1 ? pending.Keys.Min() : 0;
        foreach (var (id, call) in pending)
        {
            call.Memory?.Abandon();
            if (call.Forgotten is not null)
            {
                Forget(call);
            }
            else
            {
                call.Fail(new ChannelClosedException(id, requestWasSent: true, fault) { IsBehindOthers = _line is not null && id > first && first > 0 });
            }
        }

        delivered?.Fail(new ChannelClosedException(_deliveredId, requestWasSent: true, fault) { IsReaderStuck = true });
        if (!isReaderStuck)
        {
            _buffer.Dispose();
        }

        _closed.SetResult();
    }
}
