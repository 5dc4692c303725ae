using System.Diagnostics;
using System.Text;

namespace TypedPool.Testing;

/// <summary>Runs a program to its end.</summary>
public static class CommandLine
{
    /// <summary>Starts the program with nothing on its standard input and waits for it.</summary>
    /// <param name="program">Its path, or its name on PATH.</param>
    /// <param name="arguments">Its arguments, unquoted.</param>
    /// <param name="folder">Its working folder; by default this process's.</param>
    /// <param name="environment">Variables beside the inherited ones; null removes one.</param>
    /// <param name="cancellationToken">Kills it with all that it started.</param>
    /// <returns>Its exit code, and its standard output and error as they came.</returns>
    public static async Task<Outcome> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            start.Environment[name] = value;

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Outcome(process.ExitCode, output.ToString());

        void Collect(object sender, DataReceivedEventArgs line)
        {
            // Null marks the end of a stream.
            if (line.Data is null)
                return;
            lock (output)
                output.AppendLine(line.Data);
        }
    }

    /// <summary>How a program ended.</summary>
    /// <param name="ExitCode">Its exit code.</param>
    /// <param name="Output">What it wrote.</param>
    public sealed record Outcome(int ExitCode, string Output);
}
