using TypedPool.SharedMemory;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>The shared memory of one call: what its arguments are in, and what its result may be put into. It goes back exactly once.</summary>
/// <param name="pool">Where it is from.</param>
internal sealed class CallMemory(SegmentPool pool)
{
    private Segment? _arguments;
    private Segment? _result;
    private long _argumentBytes;
    private long _resultBytes;

    /// <summary>The segment of the arguments; null where they go through the pipe.</summary>
    internal string? Arguments => _arguments?.Name;

    /// <summary>The segment for the result; null where it is to come through the pipe.</summary>
    internal string? Result => _result?.Name;

    /// <summary>Takes memory for a request, and copies its attachments there.</summary>
    /// <param name="pool">Where there is some.</param>
    /// <param name="request">The request.</param>
    /// <param name="forResult">Whether the result is to come through memory.</param>
    /// <returns>The memory; null where there is none, or none is needed.</returns>
    internal static CallMemory? TryTake(SegmentPool pool, RequestBuffer request, bool forResult)
    {
        var isLarge = request.AttachedBytes >= SegmentPool.LeastBytes;
        if (!isLarge && !forResult)
        {
            return null;
        }

        var memory = new CallMemory(pool);
        if (isLarge)
        {
            memory._argumentBytes = Segment.BytesOf(request.Attachments);
            memory._arguments = pool.TryTake(memory._argumentBytes);
            memory._arguments?.Write(request.Attachments);
        }

        memory._result = forResult ? pool.TryTake(bytes: 0) : null;
        return memory;
    }

    /// <summary>Copies what the worker has put there.</summary>
    /// <param name="announced">Where the worker says that it is.</param>
    /// <returns>The attachments of the answer, in memory of their own.</returns>
    /// <exception cref="ProtocolException">It is not where it may be, or is more.</exception>
    internal byte[][] Read(AttachmentsInMemory announced)
    {
        if (_result is not { } segment || segment.Name != announced.Segment)
        {
            throw new ProtocolException($"The worker sent attachments in memory that it has not been lent for that (segment {announced.Segment}).");
        }

        try
        {
            return segment.Read(announced.Sizes, out _resultBytes)
                ?? throw new ProtocolException($"The worker announced {_resultBytes} bytes in a segment of {segment.Capacity}.");
        }
        catch (OutOfMemoryException exception)
        {
            throw new ProtocolException($"There is no memory for the {_resultBytes} bytes that the worker announced.", exception);
        }
    }

    /// <summary>Gives it back: the worker has answered.</summary>
    /// <param name="areArgumentsKept">Whether some of the arguments is in use for good.</param>
    internal void GiveBack(bool areArgumentsKept)
    {
        // In this order: the next call has its arguments where these were.
        if (Interlocked.Exchange(ref _result, null) is { } result)
        {
            pool.GiveBack(result, _resultBytes);
        }

        if (Interlocked.Exchange(ref _arguments, null) is not { } arguments)
        {
            return;
        }

        if (areArgumentsKept)
        {
            pool.Leave(arguments, _argumentBytes);
        }
        else
        {
            pool.GiveBack(arguments);
        }
    }

    /// <summary>Gives it up: the worker may be using it, and will not answer any more.</summary>
    internal void Abandon()
    {
        if (Interlocked.Exchange(ref _result, null) is { } result)
        {
            pool.Abandon(result);
        }

        if (Interlocked.Exchange(ref _arguments, null) is { } arguments)
        {
            pool.Abandon(arguments);
        }
    }
}
