namespace TypedPool;

/// <summary>The worker sent what the protocol does not allow. It was killed, so that nothing it sent reaches another call.</summary>
public sealed class ProtocolException : PythonPoolException
{
    /// <param name="reason">What the worker did, in our words.</param>
    /// <param name="innerException">What caused it.</param>
    /// <param name="received">The beginning of what it sent, where that helps: for the caller alone.</param>
    internal ProtocolException(string reason, Exception? innerException = null, string? received = null)
        : base(PythonErrorCategory.Communication, "protocol_error", received is null ? reason : $"{reason}: {received}", innerException) =>
        Reason = reason;

    /// <summary>What the worker did, without anything that it sent: it may have been a result, and no result is logged.</summary>
    internal string Reason { get; }

    /// <summary>Whether Python can have run any of the call.</summary>
    public Delivery Delivery { get; internal init; } = Delivery.MayHaveRun;
}
