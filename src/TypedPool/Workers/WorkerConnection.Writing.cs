namespace TypedPool.Workers;

/// <content>Writing: one frame at a time, each whole or none after it.</content>
internal sealed partial class WorkerConnection
{
    private readonly byte[] _lastByte = new byte[1];

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

    /// <summary>Tells the worker that nothing more will come.</summary>
    internal void CloseInput() => _input.Dispose();

    /// <summary>Writes a whole message.</summary>
    /// <returns>Null, or why it was not accepted whole. Afterwards its memory is not read any more.</returns>
    private async ValueTask<Exception?> WriteAsync(ReadOnlyMemory<byte> frame, IReadOnlyList<ReadOnlyMemory<byte>>? rest = null)
    {
        try
        {
            await _writing.WaitAsync(_closing.Token).ConfigureAwait(false);
            try
            {
                if (_line is not null)
                {
                    // What was sent before it.
                    await WriteBatchesAsync().ConfigureAwait(false);
                }

                await _input.WriteAsync(frame, _closing.Token).ConfigureAwait(false);
                if (rest?.Count > 0)
                {
                    await WriteAsync(rest).ConfigureAwait(false);
                }

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

    /// <summary>Writes what follows a frame. Only who has the title to write calls it.</summary>
    private async ValueTask WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> rest)
    {
        for (var i = 0; i < rest.Count - 1; i++)
        {
            await _input.WriteAsync(rest[i], _closing.Token).ConfigureAwait(false);
        }

        // A stream may hold on to the memory that it wrote last, until it writes again. That must not be a caller's.
        var last = rest[^1];
        await _input.WriteAsync(last[..^1], _closing.Token).ConfigureAwait(false);
        _lastByte[0] = last.Span[^1];
        await _input.WriteAsync(_lastByte, _closing.Token).ConfigureAwait(false);
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

        call?.Memory?.Abandon();
        call?.Fail(new ChannelClosedException(id, requestWasSent: false, fault));
        Abort();
    }
}
