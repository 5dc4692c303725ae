using System.Diagnostics;

namespace TypedPool.Benchmarks.Peers;

/// <summary>A Python program of the benchmark's own that runs until it is disposed of.</summary>
internal sealed class PythonScript : IAsyncDisposable
{
    private PythonScript(Process process) => Process = process;

    /// <summary>The process; its standard input and output are redirected.</summary>
    internal Process Process { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="python">The Python.</param>
    /// <param name="arguments">The program and its arguments; the folder of the benchmark's own programs is the current one.</param>
    /// <returns>The running program.</returns>
    internal static PythonScript Start(string python, params string[] arguments) => new(Process.Start(new ProcessStartInfo(python, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        WorkingDirectory = Folder,
    })!);

    /// <summary>Runs a line of Python.</summary>
    /// <param name="python">The Python.</param>
    /// <param name="line">The line.</param>
    /// <returns>Whether it ended well, and what it printed last, errors included.</returns>
    internal static Task<(bool IsGood, string LastLine)> AskAsync(string python, string line) => RunAsync(python, ["-c", line]);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="python">The Python.</param>
    /// <param name="arguments">The program and its arguments, as <see cref="Start"/> takes them.</param>
    /// <returns>Whether it ended well, and what it printed last, errors included.</returns>
    internal static async Task<(bool IsGood, string LastLine)> RunAsync(string python, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        })!;
        var printed = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode == 0, string.Concat(await printed).Trim().Split('\n')[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        await Process.StandardInput.BaseStream.DisposeAsync();
        await Process.StandardOutput.BaseStream.DisposeAsync();
        Process.Dispose();
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "python");
}
