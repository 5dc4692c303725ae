using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>What is said of a call between its request and its answer: how far it has come, and the items of its stream.</summary>
/// <param name="reporter">Tells the caller how far it has come, or null.</param>
/// <param name="items">Takes the items of its result, or null.</param>
internal sealed class Conversation(ProgressReporter? reporter, ItemQueue? items) : IMessageListener
{
    /// <summary>How many items of its result the worker may send before it is asked for more; zero where the result is no stream.</summary>
    internal int Credit => items is null ? 0 : ItemQueue.Window;

    /// <summary>Completes when all that has come is told; fails where the caller's code did.</summary>
    internal Task Reported => reporter?.Reported ?? Task.CompletedTask;

    /// <summary>Whether the caller wants to know no more of it.</summary>
    internal bool HasLeft => items?.HasLeft == true;

    /// <summary>The conversation of a call.</summary>
    /// <param name="options">What the call says of itself, or null.</param>
    /// <param name="items">Takes the items of its result, or null.</param>
    /// <returns>The conversation; null where there is nothing to hear.</returns>
    internal static Conversation? Of(CallOptions? options, ItemQueue? items) =>
        options?.Progress is { } progress ? new Conversation(new ProgressReporter(progress), items)
        : items is not null ? new Conversation(null, items)
        : null;

    /// <inheritdoc />
    public bool Receive(in IncomingMessage message) => items?.Receive(in message) == true || reporter?.Receive(in message) == true;

    /// <inheritdoc />
    public void OnSent(SentCall call) => items?.OnSent(call);

    /// <summary>Says how long the call may take, before it is sent.</summary>
    /// <param name="limits">The limits.</param>
    internal void LimitTo(CallLimits limits) => items?.LimitTo(limits);
}
