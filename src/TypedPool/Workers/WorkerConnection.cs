using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>
/// The channel to a worker. A caller writes its request and, where nobody else is reading, reads its own answer on
/// its own thread; otherwise whoever reads gives it its answer. While no call waits, what comes is read in the
/// background. Writing and reading never wait for each other.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A write may end after all else, and nobody asks them for a wait handle: there is nothing to release.")]
internal sealed class WorkerConnection
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

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _cause;
    private long _lastId;

    /// <summary>A connection whose reader role is held by its maker, until <see cref="OpenAsync"/> has ended.</summary>
    /// <param name="input">What the worker reads.</param>
    /// <param name="output">What the worker writes.</param>
    /// <param name="maxMessageBytes">The largest message to accept.</param>
    /// <param name="onClosed">Called once, when nothing more can be read; with the worker's fault, where it is one.</param>
    internal WorkerConnection(Stream input, Stream output, int maxMessageBytes, Action<ProtocolException?> onClosed)
    {
        _input = input;
        _onClosed = onClosed;
        _buffer = new ReceiveBuffer(maxMessageBytes);
        _reader = new ChannelReader(output, _buffer, ReadInBackground, _closing.Token);
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

    /// <summary>Hears what the worker says beside answers and of no call; null where nobody does.</summary>
    internal IMessageListener? Listener { get; set; }

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
        Register(call);
        request.Complete(call.Id, timeout);
        return WriteAsync(request.Frame);
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
            await ReadUntilCompletedAsync(call).ConfigureAwait(false);
        }
        else
        {
            // A request larger than the pipe: what the worker writes meanwhile must be read, or both would wait for ever.
            var reading = ReadUntilCompletedAsync(call);
            FailUnless(await write.ConfigureAwait(false), call.Id);
            await reading.ConfigureAwait(false);
        }

        return await call.Outcome.ConfigureAwait(false);
    }

    /// <summary>Sends a message that is no call, after all that was sent before it, and waits for nothing.</summary>
    /// <param name="frame">The message as a frame.</param>
    internal void Post(ReadOnlyMemory<byte> frame) => _ = SendAsync(frame).AsTask();

    /// <summary>Sends a message that is no call, after all that was sent before it.</summary>
    /// <param name="frame">The message as a frame.</param>
    /// <returns>Completes when the operating system has accepted it, or the channel has ended.</returns>
    internal async ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        if (await WriteAsync(frame).ConfigureAwait(false) is not null)
        {
            Abort();
        }
    }

    /// <summary>Ends the channel: nothing more is read or written, and every call without an answer fails.</summary>
    internal void Abort() => _closing.Cancel();

    /// <summary>Tells the worker that nothing more will come.</summary>
    internal void CloseInput() => _input.Dispose();

    private void Register(PendingCall call)
    {
        lock (_gate)
        {
            if (_pending is null)
            {
                throw new ChannelClosedException(requestId: 0, requestWasSent: false, _cause);
            }

            call.Id = ++_lastId;
            _pending.Add(call.Id, call);
        }
    }

    /// <summary>Writes a whole frame.</summary>
    /// <returns>Null, or why the frame was not accepted whole.</returns>
    private async ValueTask<Exception?> WriteAsync(ReadOnlyMemory<byte> frame)
    {
        try
        {
            await _writing.WaitAsync(_closing.Token).ConfigureAwait(false);
            try
            {
                await _input.WriteAsync(frame, _closing.Token).ConfigureAwait(false);
                return null;
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return exception;
        }
    }

    /// <summary>Half a frame makes the channel unusable; the call itself has provably not been received.</summary>
    private void FailUnless(Exception? fault, long id)
    {
        if (fault is null)
        {
            return;
        }

        PendingCall? call = null;
        lock (_gate)
        {
            _pending?.Remove(id, out call);
        }

        call?.Fail(new ChannelClosedException(id, requestWasSent: false, fault));
        Abort();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadUntilCompletedAsync(PendingCall call)
    {
        if (!_reader.TryTakeRole())
        {
            // Whoever reads will complete the call.
            return;
        }

        while (!call.IsCompleted)
        {
            if (!Handle(await _reader.ReadAsync().ConfigureAwait(false)))
            {
                return;
            }
        }

        ReleaseRole();
    }

    private void ReadInBackground(bool hasBytes)
    {
        if (Handle(hasBytes))
        {
            ReleaseRole();
        }
    }

    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The role cannot be released because the read is done.")]
    private void ReleaseRole()
    {
        while (!_reader.TryReleaseRole())
        {
            if (!Handle(_reader.ReadAsync().GetAwaiter().GetResult()))
            {
                return;
            }
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
            while (_buffer.TryTake(out var body))
            {
                if (Answer.TryParseOwn(body, out var answer))
                {
                    Deliver(in answer);
                }
                else if (IncomingMessage.TryParse(body, out var message))
                {
                    Hear(in message);
                }
                else
                {
                    Deliver(Answer.Parse(body));
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

    /// <summary>What is about a call that has ended is dropped; whoever waits for an answer is told that there is none.</summary>
    private void Hear(in IncomingMessage message)
    {
        PendingCall? call = null;
        if (message.Call is { } id)
        {
            lock (_gate)
            {
                _pending!.TryGetValue(id, out call);
            }
        }

        var listener = message.Call is null ? Listener : call?.Listener;
        if (listener?.Receive(in message) != true && !message.Id.IsEmpty)
        {
            var why = message.Call is not null && call is null ? "the call has ended" : $"the host does not know {Encoding.UTF8.GetString(message.Method)}";
            Post(OutgoingMessage.Error(message.Id.ToArray(), WireError.MethodNotFound, why));
        }
    }

    private void Deliver(in Answer answer)
    {
        PendingCall? call;
        lock (_gate)
        {
            // Whoever takes a call out of the table is the one who ends it.
            if (!_pending!.Remove(answer.Id, out call))
            {
                throw new ProtocolException($"The worker answered a call that it does not have (id {answer.Id}).");
            }
        }

        try
        {
            call.Complete(in answer);
        }
        catch (ProtocolException)
        {
            lock (_gate)
            {
                _pending.Add(answer.Id, call);
            }

            throw;
        }
    }

    /// <summary>The last act of whoever holds the reader role.</summary>
    private void Close(ProtocolException? fault)
    {
        Dictionary<long, PendingCall> pending;
        lock (_gate)
        {
            pending = _pending!;
            _pending = null;
            _cause = fault;
        }

        // First, so that a caller who learns of the end finds the worker condemned.
        _onClosed(fault);
        foreach (var (id, call) in pending)
        {
            call.Fail(new ChannelClosedException(id, requestWasSent: true, fault));
        }

        _buffer.Dispose();
        _closed.SetResult();
    }
}
