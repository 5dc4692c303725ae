using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace TypedPool.Workers.Processes;

/// <summary>
/// Waits until a descriptor is ready, over and over, one wait at a time. Whoever takes the waiting away, the poller, a
/// cancellation, or the end, completes it; its continuation runs on the thread pool, so that it never holds up the poller.
/// </summary>
/// <param name="poller">Tells when it is ready.</param>
/// <param name="descriptor">The descriptor; owned by somebody else, who disposes of this first.</param>
/// <param name="what">For what it is to be ready.</param>
internal sealed class Readiness(Poller poller, SafeHandle descriptor, uint what) : IValueTaskSource, IThreadPoolWorkItem, IDisposable
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Ended = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;
    private long _key;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    /// <summary>Waits.</summary>
    /// <param name="cancellationToken">Gives up; nearly always the same one, so that it is asked once.</param>
    /// <returns>Completes when the descriptor may be ready.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor is being closed.</exception>
    internal ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        _core.Reset();
        if (cancellationToken != _token)
        {
            _registration.Unregister();
            _token = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(static it => ((Readiness)it!).Cancel(), this);
        }

        var wait = new ValueTask(this, _core.Version);
        var before = Interlocked.CompareExchange(ref _state, Waiting, Idle);
        ObjectDisposedException.ThrowIf(before == Ended, this);
        if (cancellationToken.IsCancellationRequested)
        {
            Cancel();
            return wait;
        }

        try
        {
            poller.Arm(this, descriptor, what, ref _key);
            if (Volatile.Read(ref _state) == Ended)
            {
                // The end came in between, and may have had nothing to forget yet.
                poller.Forget(descriptor, _key);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            if (TryTake(Idle))
            {
                _core.SetException(exception);
            }
        }

        return wait;
    }

    /// <summary>Lets all go first that waits for a thread of the pool. Not while it waits.</summary>
    /// <returns>Completes when they have had their turn.</returns>
    internal ValueTask YieldAsync()
    {
        _core.Reset();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return new ValueTask(this, _core.Version);
    }

    /// <summary>The descriptor may be ready. Called by the poller; also when it is waited for again already, which only costs a look.</summary>
    internal void Ready()
    {
        if (TryTake(Idle))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    public void Dispose()
    {
        var before = Interlocked.Exchange(ref _state, Ended);
        if (before == Ended)
        {
            return;
        }

        _registration.Unregister();
        poller.Forget(descriptor, _key);
        if (before == Waiting)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static it => it._core.SetException(new ObjectDisposedException(nameof(Readiness))), this, preferLocal: false);
        }
    }

    private void Cancel()
    {
        if (TryTake(Idle))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static it => it._core.SetException(new OperationCanceledException(it._token)), this, preferLocal: false);
        }
    }

    private bool TryTake(int next) => Interlocked.CompareExchange(ref _state, next, Waiting) == Waiting;
}
