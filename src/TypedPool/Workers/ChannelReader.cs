using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>
/// The receiving end of a channel, and the title to it. Whoever holds the reader role, and nobody else, touches the
/// buffer. While nobody holds it a read of the stream is under way, unless the last one who held it left it without; whoever
/// takes the role takes over that read, so that no read is ever cancelled, lost, or done twice. Where bytes come and the role is free, it goes to
/// <paramref name="unclaimed"/>, which must release it.
/// </summary>
/// <param name="stream">What the worker writes.</param>
/// <param name="buffer">Where the bytes go.</param>
/// <param name="unclaimed">Called with the role when a read is done that nobody waits for; the argument says whether there are bytes.</param>
/// <param name="closing">Ends a read that would never end by itself.</param>
internal sealed class ChannelReader(Stream stream, ReceiveBuffer buffer, Action<bool> unclaimed, CancellationToken closing)
    : IValueTaskSource<bool>
{
    private readonly Lock _gate = new();

    /// <summary>Continuations run on the thread that the bytes came in on: the reader resumes without a hop.</summary>
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = false };

    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;
    private Action? _completed;

    /// <summary>Somebody holds the role. Guarded by the gate.</summary>
    private bool _isHeld = true;

    /// <summary>A read is under way, or done and not taken. Only the holder of the role looks at it.</summary>
    private bool _isPosted;

    /// <summary>The holder waits for the read. Guarded by the gate.</summary>
    private bool _isAwaited;

    /// <summary>The read is done and nobody has taken its result yet: whether it brought bytes. Guarded by the gate.</summary>
    private bool? _result;

    /// <summary>Takes the reader role. A new reader is made with the role held by its maker.</summary>
    /// <returns>False where somebody else holds it.</returns>
    internal bool TryTakeRole()
    {
        lock (_gate)
        {
            return !_isHeld && (_isHeld = true);
        }
    }

    /// <summary>Gives the role back, unless there is something to read already.</summary>
    /// <returns>False where the caller still holds the role and must read.</returns>
    internal bool TryReleaseRole()
    {
        PostUnlessPosted();
        lock (_gate)
        {
            return _result is null && !(_isHeld = false);
        }
    }

    /// <summary>Gives the role back without having a read under way.</summary>
    /// <returns>False where one is; then the caller still holds the role.</returns>
    internal bool TryLeaveRole()
    {
        if (_isPosted)
        {
            return false;
        }

        lock (_gate)
        {
            return !(_isHeld = false);
        }
    }

    /// <summary>Waits for bytes. Only the holder of the role calls it; after a refused release it does not wait.</summary>
    /// <returns>True where bytes were added to the buffer, false at the channel's end.</returns>
    internal ValueTask<bool> ReadAsync()
    {
        PostUnlessPosted();
        lock (_gate)
        {
            if (_result is { } hasBytes)
            {
                _result = null;
                _isPosted = false;
                return new ValueTask<bool>(hasBytes);
            }

            _isAwaited = true;
            return new ValueTask<bool>(this, _core.Version);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        var hasBytes = _core.GetResult(token);
        _core.Reset();
        return hasBytes;
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "Its awaiter is kept and used once.")]
    private void PostUnlessPosted()
    {
        if (_isPosted)
        {
            return;
        }

        _isPosted = true;
        try
        {
            _read = stream.ReadAsync(buffer.Free(), closing).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException or IOException)
        {
            Done(hasBytes: false);
            return;
        }

        if (_read.IsCompleted)
        {
            Complete();
        }
        else
        {
            _read.UnsafeOnCompleted(_completed ??= Complete);
        }
    }

    private void Complete()
    {
        var count = 0;
        try
        {
            count = _read.GetResult();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException or IOException)
        {
            // The end of the channel, however it is told: what became of the worker is learnt from its process.
        }

        _read = default;
        buffer.Received(count);
        Done(count > 0);
    }

    /// <summary>One step under the gate decides who gets the bytes: the holder who waits, the holder who will ask, or nobody yet.</summary>
    private void Done(bool hasBytes)
    {
        bool isAwaited;
        lock (_gate)
        {
            isAwaited = _isAwaited;
            _isAwaited = false;
            if (_isHeld && !isAwaited)
            {
                _result = hasBytes;
                return;
            }

            _isHeld = true;
            _isPosted = false;
        }

        if (isAwaited)
        {
            _core.SetResult(hasBytes);
        }
        else
        {
            unclaimed(hasBytes);
        }
    }
}
