namespace LiveJobs;

/// <summary>Waits for a key while something else is shown. Where nobody sits at the keyboard it does nothing.</summary>
internal sealed class Key : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly ITimer? _timer;

    private Key(ITimer? timer) => _timer = timer;

    /// <summary>Cancels when the key is pressed.</summary>
    internal static Key Cancels(char key, CancellationTokenSource source) => new(Console.IsInputRedirected ? null : TimeProvider.System.CreateTimer(
        _ =>
        {
            while (Console.KeyAvailable)
            {
                if (Console.ReadKey(intercept: true).KeyChar == key)
                {
                    source.Cancel();
                }
            }
        },
        state: null,
        Interval,
        Interval));

    /// <summary>Waits no more; nothing is cancelled afterwards.</summary>
    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
