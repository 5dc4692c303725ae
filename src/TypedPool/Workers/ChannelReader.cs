using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>
/// The receiving end of a channel, and the title to it. Whoever holds the reader role, and nobody else, touches the
/// buffer. While nobody holds it a read of the stream is under way; whoever takes the role takes over that read, so
/// that no read is ever cancelled, lost, or done twice. Where bytes come and the role is free, it goes to
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

    /// <summary>Guarded by the gate.</summary>
    private bool _isHeld = true;

    /// <summary>A read is under way, or done and not consumed. Only the holder of the role changes it.</summary>
    private bool _isPosted;

    /// <summary>The posted read is done. Guarded by the gate.</summary>
    private bool _isDone;

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
        if (!_isPosted)
        {
            Post();
        }

        lock (_gate)
        {
            return !_isDone && !(_isHeld = false);
        }
    }

    /// <summary>Waits for bytes. Only the holder of the role calls it.</summary>
    /// <returns>True where bytes were added to the buffer, false at the channel's end.</returns>
    internal ValueTask<bool> ReadAsync()
    {
        if (!_isPosted)
        {
            Post();
        }

        return new ValueTask<bool>(this, _core.Version);
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        var result = _core.GetResult(token);
        Consume();
        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Consume()
    {
        _core.Reset();
        _isPosted = false;
        _isDone = false;
    }

    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "Its awaiter is kept and used once.")]
    private void Post()
    {
        _isPosted = true;
        try
        {
            _read = stream.ReadAsync(buffer.Free(), closing).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException or IOException)
        {
            Done(0);
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
        Done(count);
    }

    private void Done(int count)
    {
        bool isClaimed;
        lock (_gate)
        {
            isClaimed = _isHeld;
            _isHeld = true;
            _isDone = isClaimed;
        }

        if (isClaimed)
        {
            _core.SetResult(count > 0);
        }
        else
        {
            _isPosted = false;
            unclaimed(count > 0);
        }
    }
}
