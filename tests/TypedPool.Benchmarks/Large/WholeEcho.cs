using System.Globalization;
using TypedPool.Benchmarks.Contenders;
using TypedPool.Benchmarks.Peers;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Large;

/// <summary>
/// The limit: a Python process that writes bytes back when all of them have come, as a command does that is given all of them. It reads
/// into memory that it has from the start, and nothing is checked.
/// </summary>
/// <param name="message">The bytes.</param>
internal sealed class WholeEcho(byte[] message) : IContender
{
    private readonly byte[] _received = new byte[message.Length];
    private PythonScript? _script;

    public string Name => "through pipes";

    public async Task StartAsync()
    {
        var python = await new PythonFinder(new PythonPoolOptions(), Environment.GetEnvironmentVariable).FindAsync(CancellationToken.None);
        _script = PythonScript.Start(python.Path, "raw_whole_echo.py", message.Length.ToString(CultureInfo.InvariantCulture));
        await RunAsync(1);
        Checked.Bytes(_received, message);
    }

    public async Task RunAsync(int times)
    {
        var input = _script!.Process.StandardInput.BaseStream;
        var output = _script.Process.StandardOutput.BaseStream;
        for (var i = 0; i < times; i++)
        {
            await input.WriteAsync(message);
            await output.ReadExactlyAsync(_received);
        }
    }

    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;
}
