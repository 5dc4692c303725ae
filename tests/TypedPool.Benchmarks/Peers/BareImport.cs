using System.Text;

namespace TypedPool.Benchmarks.Peers;

/// <summary>The limit of a start: an interpreter that imports the module of the commands, and says that it has.</summary>
/// <param name="python">The Python.</param>
internal sealed class BareImport(string python) : IPeer
{
    private PythonScript? _script;

    public string Name => "import in a bare interpreter";

    public async Task StartAsync(int workers)
    {
        var bridge = Path.Combine(AppContext.BaseDirectory, "typedpool-bridge");
        _script = PythonScript.Start(
            python, "-c", $"import sys; sys.path.insert(0, {Quoted(bridge)}); import benchmark_commands; print('x', flush=True); sys.stdin.read()");
        await _script.Process.StandardOutput.BaseStream.ReadExactlyAsync(new byte[1]);
    }

    /// <summary>Nothing: who has imported has done what is measured.</summary>
    public Func<Task> Echo(string text) => static () => Task.CompletedTask;

    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Quoted(string path) => $"bytes.fromhex('{Convert.ToHexString(Encoding.UTF8.GetBytes(path))}').decode()";
}
