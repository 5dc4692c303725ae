namespace TypedPool;

/// <summary>The worker sent what the protocol does not allow. It was killed, so that nothing it sent reaches another call.</summary>
public sealed class ProtocolException : PythonPoolException
{
    internal ProtocolException(string message, Exception? innerException = null)
        : base(PythonErrorCategory.Communication, "protocol_error", message, innerException)
    {
    }

    /// <summary>Whether Python can have run any of the call.</summary>
    public Delivery Delivery { get; internal init; } = Delivery.MayHaveRun;
}
