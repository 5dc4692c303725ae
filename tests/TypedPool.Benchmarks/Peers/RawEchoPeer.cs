using TypedPool.Benchmarks.Contenders;

namespace TypedPool.Benchmarks.Peers;

/// <summary>The limit: the same bytes, written back as they are by a Python process over the streams that .NET gives its pipes.</summary>
/// <param name="python">The Python.</param>
internal sealed class RawEchoPeer(string python) : IPeer
{
    private PythonScript? _script;

    public string Name => "raw pipe echo";

    public async Task StartAsync(int workers)
    {
        _script = PythonScript.Start(python, "raw_echo.py");
        await Send([1])();
    }

    public Func<Task> Echo(string text) => Send(FrameOf.Echo(text));

    public Func<Task> Bytes(byte[] data) => Send(data);

    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Func<Task> Send(byte[] message)
    {
        var input = _script!.Process.StandardInput.BaseStream;
        var output = _script.Process.StandardOutput.BaseStream;
        var received = new byte[message.Length];
        return async () =>
        {
            // What does not fit into the pipes must be read while it is written.
            var writing = input.WriteAsync(message);
            await output.ReadExactlyAsync(received);
            await writing;
            Checked.Bytes(received, message);
        };
    }
}
