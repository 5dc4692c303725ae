using TypedPool.Serialization;

namespace TypedPool.Workers;

/// <summary>The last call of a worker, to be the next one: most workers run calls of one type in a row.</summary>
internal sealed class SpareCall
{
    private PendingCall? _call;

    /// <summary>Takes a call.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="readResult">Reads the result.</param>
    /// <returns>A call that nobody else has.</returns>
    internal PendingCall<TResult> Take<TResult>(JsonReader<TResult> readResult) =>
        Interlocked.Exchange(ref _call, null) is PendingCall<TResult> call ? call.Anew(readResult) : new PendingCall<TResult>(readResult);

    /// <summary>Keeps a call that has ended with an answer, and that nobody knows any more: no clock, no interruption, no listener.</summary>
    /// <param name="call">The call.</param>
    internal void Keep(PendingCall call)
    {
        call.Forget();
        Volatile.Write(ref _call, call);
    }
}
