using TypedPool;

namespace LiveJobs;

/// <summary>A search to its end: a progress bar, log lines, and every better tour as soon as Python has it.</summary>
internal static class Search
{
    internal static async Task RunAsync(IPythonCommands commands, CancellationToken stop)
    {
        Screen.Title("A search, from its start to its end");
        Tour? best = null;
        var found = 0;
        await Screen.WithProgressAsync("Searching", async progress =>
        {
            await foreach (var tour in commands.ShortenTourAsync(options: new CallOptions { Progress = progress }, cancellationToken: stop))
            {
                best = tour;
                found++;
            }
        });

        if (best is not null)
        {
            Screen.Line($"{found} tours came while it ran, the last of {best.Kilometres:N0} km:");
            Screen.Line($"{string.Join(" – ", best.Cities)}");
        }
    }
}
