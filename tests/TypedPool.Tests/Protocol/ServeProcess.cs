using System.Diagnostics;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Protocol;

/// <summary>A plain <c>python -m typedpool serve</c>, as anybody may start it: no token, no handshake, no pool.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _standardError;

    private ServeProcess(Process process)
    {
        _process = process;
        _standardError = process.StandardError.ReadToEndAsync();
    }

    internal Stream Input => _process.StandardInput.BaseStream;

    internal Stream Output => _process.StandardOutput.BaseStream;

    internal static ServeProcess Start(string module = "protocol_commands")
    {
        string[] arguments = ["-m", "typedpool", "serve", module, "--search-path", Path.Combine(AppContext.BaseDirectory, "python")];
        var start = new ProcessStartInfo(Python.Default.Path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = RepositoryRoot.Combine("python");
        start.Environment.Remove("TYPEDPOOL_TOKEN");
        return new ServeProcess(Process.Start(start)!);
    }

    /// <summary>Ends its input, and waits for it to leave.</summary>
    /// <returns>Its exit status, and what it said on standard error.</returns>
    internal async Task<(int Status, string Said)> EndAsync()
    {
        Input.Dispose();
        return await LeftAsync();
    }

    /// <summary>Waits for it to leave by itself.</summary>
    /// <returns>Its exit status, and what it said on standard error.</returns>
    internal async Task<(int Status, string Said)> LeftAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _standardError);
    }

    /// <summary>Ends its input, and asserts that it leaves content and in silence.</summary>
    internal async Task EndWellAsync() => Assert.Equal((0, ""), await EndAsync());

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        // Disposing of a process leaves its streams open.
        Input.Dispose();
        Output.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }
}
