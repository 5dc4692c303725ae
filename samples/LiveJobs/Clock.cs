namespace LiveJobs;

/// <summary>A stopwatch that runs from its start.</summary>
internal readonly struct Clock
{
    private readonly long _start;

    private Clock(long start) => _start = start;

    internal double Milliseconds => TimeProvider.System.GetElapsedTime(_start).TotalMilliseconds;

    internal static Clock Start() => new(TimeProvider.System.GetTimestamp());
}
