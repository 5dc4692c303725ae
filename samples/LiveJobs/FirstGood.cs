namespace LiveJobs;

/// <summary>Leaves a loop as soon as a tour is good enough; that ends the search in Python as well.</summary>
internal static class FirstGood
{
    private const double GoodKilometres = 20_000;

    internal static async Task TakeAsync(IPythonCommands commands, CancellationToken stop)
    {
        Screen.Title($"The first tour under {GoodKilometres:N0} km");
        await foreach (var tour in commands.ShortenTourAsync(rounds: 20_000, steps: 100, seed: 2, cancellationToken: stop))
        {
            if (tour.Kilometres < GoodKilometres)
            {
                Screen.Line($"{tour.Kilometres:N0} km, found in round {tour.Round:N0}.");
                break;
            }
        }

        var after = await commands.ReportAsync(cancellationToken: stop);
        Screen.Line($"Process {after.Pid} is free again.");
    }
}
