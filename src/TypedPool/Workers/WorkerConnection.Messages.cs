using System.Text;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <content>What the worker says that is no answer.</content>
internal sealed partial class WorkerConnection
{
    /// <summary>Hears what the worker says beside answers and of no call; null where nobody does.</summary>
    internal IMessageListener? Listener { get; set; }

    /// <summary>What is about a call that has ended is dropped; whoever waits for an answer is told that there is none.</summary>
    private void Hear(in IncomingMessage message)
    {
        PendingCall? call = null;
        if (message.Call is { } id)
        {
            lock (_gate)
            {
                _pending?.TryGetValue(id, out call);
            }
        }

        var listener = message.Call is null ? Listener : call?.Listener;
        if (listener?.Receive(in message) != true && !message.Id.IsEmpty)
        {
            var why = message.Call is not null && call is null ? "the call has ended" : $"the host does not know {Encoding.UTF8.GetString(message.Method)}";
            Post(OutgoingMessage.Error(message.Id.ToArray(), WireError.MethodNotFound, why));
        }
    }
}
