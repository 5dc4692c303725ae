namespace TypedPool.Workers;

/// <summary>A call that waited in a worker was taken back, and will not be run. Never leaves the pool.</summary>
/// <param name="reason">Why it was to end.</param>
/// <param name="limit">How long it could wait.</param>
/// <param name="forgotten">Completes when the worker knows no more of it: as long it takes up its place there.</param>
internal sealed class CallTakenBackException(CondemnReason reason, TimeLimit limit, Task forgotten) : Exception("The call was taken back.")
{
    /// <summary>Why it was to end.</summary>
    internal CondemnReason Reason { get; } = reason;

    /// <summary>How long it could wait.</summary>
    internal TimeLimit Limit { get; } = limit;

    /// <summary>Completes when the worker knows no more of it: as long it takes up its place there.</summary>
    internal Task Forgotten { get; } = forgotten;
}
