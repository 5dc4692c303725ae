namespace TypedPool.Workers;

/// <content>
/// Sending to a worker in which calls wait: their requests are collected, and written together, by whoever finds no write
/// under way. The worker gets them in the order of their ids.
/// </content>
internal sealed partial class WorkerConnection : IThreadPoolWorkItem
{
    /// <summary>A request above this is written by itself, from its own memory.</summary>
    private const int LargestInBatch = PythonPoolDefaults.LargestPrefetched;

    /// <summary>From so many bytes on a batch is written at once.</summary>
    private const int FullBytes = 32 * 1024;

    /// <summary>Memory that a rush of calls has made larger than this is let go of.</summary>
    private const int KeptBytes = 256 * 1024;

    /// <summary>A worker that has this many calls, or fewer, gets them at once: it shall not wait for the next one.</summary>
    private const int FewCalls = 2;

    /// <summary>What the worker writes, where it can be told that it will have more to say.</summary>
    private readonly IBusyStream? _busy;

    private CallLine? _line;

    /// <summary>What is to be written, and what is being written or was. Guarded by the gate, but for the bytes of the latter.</summary>
    private byte[] _batch = [];

    /// <inheritdoc cref="_batch" />
    private byte[] _written = [];

    private int _batchBytes;

    /// <summary>A write has been asked for that has not begun. Guarded by the gate.</summary>
    private bool _isWriteDue;

    /// <summary>From now on calls may wait in the worker.</summary>
    /// <param name="line">The order in which it runs them.</param>
    internal void KeepInLine(CallLine line)
    {
        (_batch, _written) = (new byte[FullBytes], new byte[FullBytes]);
        _line = line;
    }

    /// <summary>Ends a call that the worker will not run. What it answers, if anything, is dropped.</summary>
    /// <param name="id">The id of the call, sent.</param>
    /// <param name="reason">Why it is to end.</param>
    internal void TakeBack(long id, CondemnReason reason)
    {
        PendingCall? call;
        lock (_gate)
        {
            if (_pending is null || !_pending.TryGetValue(id, out call) || call.Forgotten is not null)
            {
                return;
            }

            call.Forgotten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        call.Fail(new CallTakenBackException(reason, call.Wait.Limit, call.Forgotten.Task));
    }

    /// <summary>Under the gate. Tells how many answers are to come.</summary>
    private void Expect(int calls)
    {
        if (_line is not null && _busy is not null)
        {
            _busy.IsMoreExpected = calls > FewCalls;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = FlushAsync();

    /// <summary>The worker has answered a call that was taken back, or has ended. Only the holder of the reader role calls it, or the last one there is.</summary>
    private void Forget(PendingCall call)
    {
        if (call == _direct)
        {
            _direct = null;
        }

        call.Forgotten!.TrySetResult();
    }

    private void SendInBatch(PendingCall call, Wire.RequestBuffer request, TimeSpan timeout)
    {
        bool isUrgent;
        lock (_gate)
        {
            RegisterHeld(call);
            Complete(call, request, timeout);
            var frame = request.Frame.Span;
            if (_batch.Length - _batchBytes < frame.Length)
            {
                Array.Resize(ref _batch, Math.Max(2 * _batch.Length, _batchBytes + frame.Length));
            }

            frame.CopyTo(_batch.AsSpan(_batchBytes));
            _batchBytes += frame.Length;
            isUrgent = _pending!.Count <= FewCalls || _batchBytes >= FullBytes;
            if (_isWriteDue && !isUrgent)
            {
                return;
            }

            _isWriteDue = true;
        }

        if (isUrgent)
        {
            _ = FlushAsync();
        }
        else
        {
            // Behind all that is about to send something, too.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task FlushAsync()
    {
        try
        {
            await _writing.WaitAsync(_closing.Token).ConfigureAwait(false);
            try
            {
                await WriteBatchesAsync().ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Which calls the worker has got is learnt from the word that it shares with its host.
            Abort();
        }
    }

    /// <summary>Writes what has been collected. Only who has the title to write calls it.</summary>
    private async ValueTask WriteBatchesAsync()
    {
        while (true)
        {
            ReadOnlyMemory<byte> batch;
            lock (_gate)
            {
                _isWriteDue = false;
                if (_batchBytes == 0)
                {
                    return;
                }

                (_batch, _written) = (_written, _batch);
                batch = _written.AsMemory(0, _batchBytes);
                _batchBytes = 0;
            }

            await _input.WriteAsync(batch, _closing.Token).ConfigureAwait(false);
            if (_written.Length > KeptBytes)
            {
                _written = new byte[FullBytes];
            }
        }
    }
}
