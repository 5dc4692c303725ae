namespace TypedPool.Workers;

/// <summary>The channel to a worker ended before the answer came. Never leaves the pool: it is told as what became of the worker.</summary>
/// <param name="requestId">The id of the request.</param>
/// <param name="requestWasSent">Whether the operating system accepted the whole request.</param>
/// <param name="cause">What went wrong, where it was not simply the channel's end.</param>
internal sealed class ChannelClosedException(long requestId, bool requestWasSent, Exception? cause) : Exception("The channel to the worker is closed.", cause)
{
    /// <summary>The id of the request; 0 where there was none.</summary>
    internal long RequestId { get; } = requestId;

    /// <summary>Whether the operating system accepted the whole request, so that the worker may have run it.</summary>
    internal bool RequestWasSent { get; } = requestWasSent;

    /// <summary>Whether calls that were sent before it had no answer either: if it was not started, its worker's end is not its doing.</summary>
    internal bool IsBehindOthers { get; init; }

    /// <summary>The answer had come, but whoever was to read its result did not return.</summary>
    internal bool IsReaderStuck { get; init; }
}
