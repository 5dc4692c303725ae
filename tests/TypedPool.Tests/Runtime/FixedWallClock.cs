namespace TypedPool.Tests.Runtime;

/// <summary>A clock that shows another year, and always the same moment of it; its timers are the system's.</summary>
internal sealed class FixedWallClock : TimeProvider
{
    internal static readonly DateTimeOffset Now = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
