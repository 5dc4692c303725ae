using System.Collections.Concurrent;

namespace TypedPool.Wire;

/// <summary>Request buffers that later calls use again.</summary>
internal sealed class RequestBuffers : IDisposable
{
    /// <summary>A buffer that a large request made grow beyond this is not kept.</summary>
    private const int LargestKept = 1024 * 1024;

    private readonly ConcurrentQueue<RequestBuffer> _others = new();

    /// <summary>The one that was given back last: its memory is in the caches still.</summary>
    private RequestBuffer? _last;

    /// <summary>Takes a buffer.</summary>
    /// <returns>One that nobody else has.</returns>
    internal RequestBuffer Take() =>
        Interlocked.Exchange(ref _last, null) ?? (_others.TryDequeue(out var kept) ? kept : new RequestBuffer());

    /// <summary>Gives a buffer back; its request is over.</summary>
    /// <param name="buffer">The buffer.</param>
    internal void GiveBack(RequestBuffer buffer)
    {
        buffer.Release();
        if (buffer.Capacity > LargestKept)
        {
            buffer.Dispose();
        }
        else if (Interlocked.Exchange(ref _last, buffer) is { } before)
        {
            _others.Enqueue(before);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _last?.Dispose();
        while (_others.TryDequeue(out var buffer))
        {
            buffer.Dispose();
        }
    }
}
