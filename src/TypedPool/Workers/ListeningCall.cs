using TypedPool.Serialization;

namespace TypedPool.Workers;

/// <summary>A pending call that hears more of its worker than its answer.</summary>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="readResult">Reads the result.</param>
/// <param name="listener">Hears the messages about this call.</param>
internal sealed class ListeningCall<TResult>(JsonReader<TResult> readResult, IMessageListener listener) : PendingCall<TResult>(readResult)
{
    /// <inheritdoc />
    internal override IMessageListener Listener => listener;
}
