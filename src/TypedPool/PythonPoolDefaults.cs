namespace TypedPool;

/// <summary>The defaults and bounds of <see cref="PythonPoolOptions"/>.</summary>
internal static class PythonPoolDefaults
{
    internal const int LargestSize = 1_000;
    internal const int Overflow = 2;
    internal const int MostCallsPerWorker = 10_000;
    internal const int MostPrefetched = 1_000;

    /// <summary>A call with more arguments than this does not wait in a worker: it could fill the pipe.</summary>
    internal const int LargestPrefetched = 16 * 1024;
    internal const int QueueLimit = 1_000;
    internal const int LargestThreadsPerWorker = 1_024;
    internal const int IdempotentRetries = 1;
    internal const int MostIdempotentRetries = 10;
    internal const int MaxMessageBytes = 256 * 1024 * 1024;
    internal const int SmallestMaxMessageBytes = 1024;
    internal const int LargestMaxMessageBytes = 1024 * 1024 * 1024;

    internal static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan CheckoutTimeout = TimeSpan.FromSeconds(25);
    internal static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(90);
    internal static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan InterruptGrace = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan OverflowIdleTime = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan SessionIdleTime = TimeSpan.FromHours(1);
    internal static readonly TimeSpan SessionSweepInterval = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan SmallestSessionSweepInterval = TimeSpan.FromMilliseconds(1);
    internal static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);

    internal static readonly TimeSpan LongestGrace = TimeSpan.FromDays(1);

    /// <summary>A timer takes no more than this.</summary>
    internal static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
}
