using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>A request that was, or is about to be, sent and has no answer yet.</summary>
internal abstract class PendingCall
{
    private Interruption? _interruption;

    /// <summary>The id of its request; 0 before it is about to be sent. Written under the connection's gate.</summary>
    internal long Id { get; set; }

    /// <summary>The time that it has, where that has been set anew since it was sent.</summary>
    internal TimeLimit? Limit { get; set; }

    /// <summary>Its end before its time, where somebody has asked for that. Set once.</summary>
    internal Interruption? Interruption => _interruption;

    /// <summary>Whether the reader of its result waits for nothing.</summary>
    internal bool IsReadPromptly { get; set; }

    /// <summary>Who runs it, where somebody may cancel it; and how it is stopped then. Both are set before anybody can.</summary>
    internal Worker? Worker { get; set; }

    /// <summary>How it is stopped when it is cancelled.</summary>
    internal Stopping Stopping { get; set; }

    /// <summary>Its neighbours in its worker's line, whether it waits there, since when as a timestamp, and how long it may. The line's.</summary>
    internal PendingCall? Previous { get; set; }

    /// <inheritdoc cref="Previous" />
    internal PendingCall? Next { get; set; }

    /// <summary>Whether it is to get a place in the line when it gets its id.</summary>
    internal bool IsInLine { get; set; }

    /// <inheritdoc cref="Previous" />
    internal bool IsWaiting { get; set; }

    /// <inheritdoc cref="Previous" />
    internal long WaitsSince { get; set; }

    /// <inheritdoc cref="Previous" />
    internal WaitLimit Wait { get; set; }

    /// <summary>It has been taken back: completes when the worker knows no more of it. Written under the connection's gate.</summary>
    internal TaskCompletionSource? Forgotten { get; set; }

    /// <summary>Its shared memory, where it has some. Set before it is sent; it goes back with its answer, or with the channel.</summary>
    internal CallMemory? Memory { get; set; }

    /// <summary>Who hears the messages about this call; null where nobody does.</summary>
    internal virtual IMessageListener? Listener => null;

    /// <summary>Reads the answer, which does not end the call. Runs on the reader's thread; only the reader of the result runs in it.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ProtocolException">The answer is no JSON.</exception>
    internal abstract void Read(in Answer answer);

    /// <summary>Ends the call with what was read.</summary>
    /// <param name="onThisThread">Its caller goes on within this; else on another thread, so that his code never holds up a reader.</param>
    internal abstract void End(bool onThisThread);

    /// <summary>Ends the call without an answer. Its caller goes on on another thread.</summary>
    /// <param name="fault">Why.</param>
    internal abstract void Fail(Exception fault);

    /// <summary>Lets go of the result, so that the object can be another call.</summary>
    internal abstract void Forget();

    /// <summary>Asks for the call's end before its time; the first to ask decides why.</summary>
    /// <param name="interruption">The end.</param>
    /// <returns>False where somebody has asked already.</returns>
    internal bool TrySet(Interruption interruption) => Interlocked.CompareExchange(ref _interruption, interruption, null) is null;
}
