using System.Buffers;
using System.Threading.Tasks.Sources;
using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// The items of one stream between the thread that reads the channel and the reader of the stream, as they came: the
/// former only copies, the latter makes values of them. The reader asks for more by reading; the command's time passes
/// only while it waits here with nothing to read.
/// </summary>
internal sealed class ItemQueue : IValueTaskSource<bool>, IDisposable
{
    /// <summary>How many items Python may be ahead of the reader.</summary>
    internal const int Window = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Batch> _batches = [];
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CallTime _time = new();
    private SentCall? _call;

    /// <summary>The reader waits. Guarded by the gate, as all that follows.</summary>
    private bool _isAwaited;

    private bool _hasEnded;

    /// <summary>What was read and not asked for again. The reader's own.</summary>
    private int _read;

    /// <summary>Whether the reader wants no more.</summary>
    internal bool HasLeft { get; private set; }

    /// <summary>Takes a message of the worker's in.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False where it holds no items.</returns>
    internal bool Receive(in IncomingMessage message)
    {
        if (!message.Method.SequenceEqual("$/stream/items"u8))
        {
            return false;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(message.Params.Length);
        message.Params.CopyTo(bytes);
        lock (_gate)
        {
            _batches.Enqueue(new Batch(bytes, message.Params.Length));
            StopWaiting();
        }

        return true;
    }

    /// <summary>Says whose time passes only while the reader waits.</summary>
    /// <param name="time">The time of the call.</param>
    internal void Tell(CallTime time) => _time = time;

    /// <summary>The call is on its way, and its reader waits.</summary>
    /// <param name="call">The call.</param>
    internal void OnSent(SentCall call) => _call = call;

    /// <summary>The call has ended: no more will come.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            StopWaiting();
        }
    }

    /// <summary>The reader wants no more.</summary>
    internal void Leave() => HasLeft = true;

    /// <summary>Waits for items. To be called by one reader, when the last ones are read.</summary>
    /// <returns>Whether there are any, or the call has ended.</returns>
    internal ValueTask<bool> WaitAsync()
    {
        lock (_gate)
        {
            if (_batches.Count > 0 || _hasEnded)
            {
                return new ValueTask<bool>(_batches.Count > 0);
            }

            _isAwaited = true;
            _time.SetReaderAway(isAway: false);
        }

        Ask();
        return new ValueTask<bool>(this, _core.Version);
    }

    /// <summary>Takes items out.</summary>
    /// <param name="batch">The items, whose memory is then the caller's to give back.</param>
    /// <returns>False where there are none.</returns>
    internal bool TryTake(out Batch batch)
    {
        lock (_gate)
        {
            return _batches.TryDequeue(out batch);
        }
    }

    /// <summary>Items have been read: Python may send as many more, of which it learns now and then.</summary>
    /// <param name="count">How many.</param>
    internal void Read(int count)
    {
        _read += count;
        if (_read >= Window / 2)
        {
            Ask();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            while (_batches.TryDequeue(out var batch))
            {
                batch.Dispose();
            }
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        var hasItems = _core.GetResult(token);
        _core.Reset();
        return hasItems;
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Ask()
    {
        if (_read > 0)
        {
            var count = _read;
            _read = 0;
            _call?.Post("$/stream/credit", writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("items"u8, count);
                writer.WriteEndObject();
            });
        }
    }

    /// <summary>Under the gate. The reader has got what it asked for.</summary>
    private void StopWaiting()
    {
        _time.SetReaderAway(isAway: true);
        if (_isAwaited)
        {
            _isAwaited = false;
            _core.SetResult(_batches.Count > 0);
        }
    }

    /// <summary>Items as they came: the params of one message, in rented memory.</summary>
    /// <param name="bytes">The memory.</param>
    /// <param name="length">How much of it.</param>
    internal readonly struct Batch(byte[] bytes, int length) : IDisposable
    {
        /// <summary>The params.</summary>
        internal ReadOnlySpan<byte> Json => bytes.AsSpan(0, length);

        /// <inheritdoc />
        public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
    }
}
