using TypedPool;

namespace QuickStart;

/// <summary>Two calls that go wrong: one by an exception that the command declares, one by the death of its process.</summary>
internal static class Failures
{
    internal static async Task ShowAsync(IPythonCommands commands, CancellationToken stop)
    {
        Screen.Title("What goes wrong, and how it arrives");
        try
        {
            await commands.SummarizeTableAsync("weather.csv", groupBy: "weather", value: "temperature_max", cancellationToken: stop);
        }
        catch (UnknownColumnException exception)
        {
            // Raised in Python, declared by the command, and so a class of its own in C#.
            Screen.Failure(nameof(UnknownColumnException), exception.Error.Message);
        }

        try
        {
            await commands.CrashAsync(cancellationToken: stop);
        }
        catch (WorkerCrashedException exception)
        {
            Screen.Failure(nameof(WorkerCrashedException), exception.Message);
        }

        var pong = await commands.PingAsync(cancellationToken: stop);
        Screen.Line($"The next call is answered by process {pong.Pid}: \"{pong.Status}\".");
    }
}
