using TypedPool.Benchmarks.Contenders;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Peers;

/// <summary>The limit: the same bytes, written back as they are by a Python process over the streams that .NET gives its pipes.</summary>
/// <param name="python">The Python.</param>
/// <param name="native">Whether they are read and written as a pool does it on Linux, by system calls of its own.</param>
internal sealed class RawEchoPeer(string python, bool native = false) : IPeer
{
    private Poller? _poller;
    private PythonScript? _script;
    private Stream? _input;
    private Stream? _output;

    public string Name => native ? "the same, native I/O" : Contestants.Limit;

    /// <summary>What comes back has no id: it is the answer to what was sent last.</summary>
    public bool TakesSeveralCallers => false;

    public async Task StartAsync(int workers)
    {
        _script = PythonScript.Start(python, "raw_echo.py");
        _poller = native ? new Poller() : null;
        _input = NativePipe.Over(_script.Process.StandardInput.BaseStream, _poller);
        _output = NativePipe.Over(_script.Process.StandardOutput.BaseStream, _poller);
        await Send([1])();
    }

    public Func<Task> Echo(string text) => Send(FrameOf.Echo(text));

    public Func<Task> Bytes(byte[] data) => Send(data);

    public async ValueTask DisposeAsync()
    {
        await (_output?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_input?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
        _poller?.Dispose();
    }

    private Func<Task> Send(byte[] message)
    {
        var (input, output) = (_input!, _output!);
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
