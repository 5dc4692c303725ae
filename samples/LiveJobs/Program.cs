using LiveJobs;
using TypedPool;

// The whole search takes some seconds; the second one is cancelled by the key c, or after this time.
var patience = TimeSpan.FromSeconds(2);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var log = new ScreenLog();
var options = new PythonPoolOptions
{
    Module = "commands",
    SearchPaths = { "python" },
    WorkingDirectory = "data",
    Size = 1, // So that it can be seen that the same worker goes on.
    LoggerFactory = log,
};
try
{
    Screen.Title("TypedPool: a long job, watched while it runs");
    await using var pool = await PythonCommands.StartAsync(options, stop.Token);
    IPythonCommands commands = new PythonCommands(pool);

    await Search.RunAsync(commands, stop.Token);
    await Cancellation.ShowAsync(commands, patience, stop.Token);
    await FirstGood.TakeAsync(commands, stop.Token);
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
