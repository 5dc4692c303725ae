using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>Hears what a worker says of a call, or of none, beside the answers.</summary>
internal interface IMessageListener
{
    /// <summary>
    /// A message has come. Called by whoever reads, in the order of the messages, and before the call's answer is
    /// delivered: it must not wait and must run no code of the user's. The message is a view that is valid until this
    /// returns.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>False where it is not known; a request is then refused.</returns>
    bool Receive(in IncomingMessage message);

    /// <summary>The call is being sent, possibly for another time, to another worker. What is said of it comes later.</summary>
    /// <param name="call">The call.</param>
    void OnSent(SentCall call)
    {
    }
}
