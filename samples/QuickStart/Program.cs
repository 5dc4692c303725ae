using QuickStart;
using TypedPool;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

// Relative paths start beside the program, where the build has put python/ and data/.
var options = new PythonPoolOptions { Module = "commands", SearchPaths = { "python" }, WorkingDirectory = "data" };
try
{
    Screen.Title("TypedPool: Python, called as if it were C#");
    var clock = Clock.Start();
    await using var pool = await PythonCommands.StartAsync(options, stop.Token);
    IPythonCommands commands = new PythonCommands(pool);
    var pong = await commands.PingAsync(cancellationToken: stop.Token);
    Screen.Line($"Python {pong.PythonVersion}: {options.Size} worker processes ready in {clock.Seconds:0.00} s.");

    await Novel.ReadAsync(commands, "pride-and-prejudice.txt", stop.Token);
    await Weather.CompareAsync(commands, "weather.csv", stop.Token);
    await Speed.MeasureAsync(commands, stop.Token);
    await Failures.ShowAsync(commands, stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 130;
}
catch (PythonPoolException exception)
{
    // No Python, or another commands.py than this program was compiled for: the message says what to do.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
