using System.Diagnostics;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>
/// The limit: bytes written to the standard input of a Python process that writes them back, and an awaited
/// <see cref="Stream.ReadAsync(Memory{byte}, CancellationToken)"/> of its standard output. No frames, no JSON, no pool.
/// </summary>
/// <param name="message">What is sent: the very frame that the other contender sends.</param>
internal sealed class RawEcho(ReadOnlyMemory<byte> message) : IContender
{
    private readonly byte[] _received = new byte[message.Length];
    private Process? _process;

    public string Name => "raw pipe echo";

    public async Task StartAsync()
    {
        var python = await new PythonFinder(new PythonPoolOptions(), Environment.GetEnvironmentVariable).FindAsync(CancellationToken.None);
        _process = Process.Start(new ProcessStartInfo(python.Path, [Path.Combine(AppContext.BaseDirectory, "python", "raw_echo.py")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
        await RunAsync(1);
        if (!_received.AsSpan().SequenceEqual(message.Span))
            throw new InvalidDataException("The raw echo did not return what it was sent.");
    }

    public async Task RunAsync(int times)
    {
        var input = _process!.StandardInput.BaseStream;
        var output = _process.StandardOutput.BaseStream;
        for (var i = 0; i < times; i++)
        {
            await input.WriteAsync(message);
            for (var received = 0; received < _received.Length;)
            {
                var count = await output.ReadAsync(_received.AsMemory(received));
                received += count > 0 ? count : throw new EndOfStreamException("The raw echo has ended.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.StandardOutput.Close();
        _process.Dispose();
    }
}
