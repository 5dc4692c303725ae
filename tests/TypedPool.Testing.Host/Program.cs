// Usage: TypedPool.Testing.Host FOLDER COMMAND END LAUNCH
// Starts a pool of the commands in FOLDER, as LAUNCH says, has one worker run COMMAND for ever with a process of its own beside
// it, leaves the other worker idle, prints the ids of the three processes, and of the one that the workers are forked from, and
// ends as END says: wait (to be killed), exit, or throw.
using System.Text.Json;
using TypedPool;
using TypedPool.Serialization;

var (folder, command, end, launch) = (args[0], args[1], args[2], Enum.Parse<PoolLaunch>(args[3]));
var pool = await PythonPool.StartAsync(new PythonPoolOptions { Module = "pool_commands", SearchPaths = { folder }, Size = 2, Launch = launch });
var started = Path.Combine(Path.GetTempPath(), $"typedpool-host-{Environment.ProcessId}");
var child = await CallAsync("leave_a_child_behind", new { seconds = 600 });
var busy = await CallAsync("pid", new { });
var running = CallAsync(command, new { path = started });
while (!File.Exists(started))
{
    await Task.Yield();
}

File.Delete(started);
var idle = await CallAsync("pid", new { });
var server = launch == PoolLaunch.ForkServer ? $" {await CallAsync("parent", new { })}" : "";
Console.WriteLine($"{busy} {idle} {child}{server}");
switch (end)
{
    case "exit":
        Environment.Exit(0);
        break;
    case "throw":
        throw new InvalidOperationException("on purpose");
    default:
        await running;
        break;
}

async Task<JsonElement> CallAsync(string name, object arguments) => await pool.InvokeAsync(
    new PythonCommand<object, JsonElement>(name, (writer, value) => JsonSerializer.Serialize(writer, value), JsonRead.Element), arguments);
