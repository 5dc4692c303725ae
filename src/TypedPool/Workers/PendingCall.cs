using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>A request that was, or is about to be, sent and has no answer yet.</summary>
internal abstract class PendingCall
{
    /// <summary>Whether the call has ended.</summary>
    internal abstract bool IsCompleted { get; }

    /// <summary>Ends the call with its answer. Runs on the reader's thread; only generated code runs in it, never the caller's.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ProtocolException">The answer is no JSON; the call has not ended.</exception>
    internal abstract void Complete(in Answer answer);

    /// <summary>Ends the call without an answer.</summary>
    /// <param name="fault">Why.</param>
    internal abstract void Fail(Exception fault);
}
