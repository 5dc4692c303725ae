namespace QuickStart;

/// <summary>Measures what a call costs when Python has next to nothing to do.</summary>
internal static class Speed
{
    private const int Calls = 2_000;

    internal static async Task MeasureAsync(IPythonCommands commands, CancellationToken stop)
    {
        Screen.Title("What a call costs");
        var clock = Clock.Start();
        for (var call = 0; call < Calls; call++)
        {
            await commands.PingAsync(cancellationToken: stop);
        }

        var seconds = clock.Seconds;
        Screen.Line($"{Calls:N0} pings, one after another: {seconds:0.00} s, {seconds / Calls * 1e6:N0} µs each, there and back.");
    }
}
