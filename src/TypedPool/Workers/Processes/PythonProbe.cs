#pragma warning disable RS0030 // This is the room where processes are touched.
using System.ComponentModel;
using System.Diagnostics;

namespace TypedPool.Workers.Processes;

/// <summary>Asks an executable whether it is a Python, which one, and where it really is.</summary>
internal static class PythonProbe
{
    /// <summary>Understood by every Python, also by those that are too old.</summary>
    private const string Question = "import sys; sys.stdout.write('%d.%d.%d\\n%s' % (sys.version_info[:3] + (sys.executable,)))";

    /// <summary>Asks an executable.</summary>
    /// <param name="path">The executable.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The Python, or why it is none.</returns>
    internal static async Task<(PythonExecutable? Found, string Problem)> AskAsync(string path, CancellationToken cancellationToken)
    {
        var startInfo = new ProcessStartInfo(path, ["-I", "-S", "-c", Question])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(startInfo)!;

            // Whoever has asked a process for its streams must dispose of them: the process does not.
            using var output = process.StandardOutput;
            using var errors = process.StandardError;
            try
            {
                process.StandardInput.Close();
                var printing = errors.ReadToEndAsync(cancellationToken);
                var answer = await output.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
                var printed = await printing.ConfigureAwait(false);
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                return Understand(answer, process.ExitCode, printed);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception exception)
        {
            return (null, exception.Message);
        }
    }

    private static (PythonExecutable? Found, string Problem) Understand(string answer, int exitCode, string printed)
    {
        var lines = answer.Split('\n', 2);
        if (exitCode == 0 && lines.Length == 2 && Version.TryParse(lines[0].Trim(), out var version) && lines[1].Trim() is { Length: > 0 } path)
        {
            return (new PythonExecutable(path, version), "");
        }

        var said = printed.Trim().Split('\n')[^1].Trim();
        return (null, $"it is no usable Python (exit code {exitCode}){(said.Length == 0 ? "" : $": {said}")}");
    }
}
