using QuickStart;
using TypedPool;

var options = new PythonPoolOptions { Module = "commands", SearchPaths = { "python" } };
await using var pool = await PythonCommands.StartAsync(options);
IPythonCommands commands = new PythonCommands(pool);
var pong = await commands.PingAsync(System.Text.Json.JsonSerializer.SerializeToElement("hello"));
Console.WriteLine(pong);
