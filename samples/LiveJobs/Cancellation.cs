using TypedPool;

namespace LiveJobs;

/// <summary>A search that nobody waits for to its end, and the worker afterwards.</summary>
internal static class Cancellation
{
    internal static async Task ShowAsync(IPythonCommands commands, TimeSpan patience, CancellationToken stop)
    {
        Screen.Title($"A search of an hour, cancelled by the key c or after {patience.TotalSeconds:0} s");
        var before = await commands.ReportAsync(cancellationToken: stop);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(patience);
        await using var key = Key.Cancels('c', enough);

        var asked = default(Clock);
        using var watch = enough.Token.Register(() => asked = Clock.Start());
        try
        {
            await Screen.WithProgressAsync("Searching", async progress =>
            {
                var options = new CallOptions { Progress = progress };
                await foreach (var tour in commands.ShortenTourAsync(rounds: 500_000, options: options, cancellationToken: enough.Token))
                {
                    Screen.Line($"{tour.Kilometres:N0} km");
                }
            });
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // This command looks whether it is cancelled, and returns. One that does not is interrupted, and ends here.
        }

        Screen.Line($"Cancelled: {asked.Milliseconds:N1} ms later nothing of it runs any more.");
        var after = await commands.ReportAsync(cancellationToken: stop);
        Screen.Line(after.Pid == before.Pid
            ? $"Process {after.Pid} has survived, with its {after.Cities} cities; it has begun {after.Searches} searches."
            : (FormattableString)$"Process {before.Pid} was replaced by {after.Pid}.");
    }
}
