namespace QuickStart;

/// <summary>A stopwatch that runs from its start.</summary>
internal readonly struct Clock
{
    private readonly long _start;

    private Clock(long start) => _start = start;

    internal double Seconds => TimeProvider.System.GetElapsedTime(_start).TotalSeconds;

    internal static Clock Start() => new(TimeProvider.System.GetTimestamp());
}
