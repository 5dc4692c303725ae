using System.Text;

namespace TypedPool.Workers.Processes;

/// <summary>Finds the Python to run: the first candidate that is there and new enough.</summary>
/// <param name="options">The pool's options.</param>
/// <param name="environment">Reads a variable of the host's environment.</param>
internal sealed class PythonFinder(PythonPoolOptions options, Func<string, string?> environment)
{
    /// <summary>The oldest Python that the bridge runs on.</summary>
    internal static readonly Version Oldest = new(3, 9);

    /// <summary>Finds a Python.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The Python.</returns>
    /// <exception cref="WorkerStartException">None is usable; the message lists what was tried.</exception>
    internal async Task<PythonExecutable> FindAsync(CancellationToken cancellationToken)
    {
        var tried = new StringBuilder();
        foreach (var (origin, path) in Candidates())
        {
            var (found, problem) = await AskAsync(path, cancellationToken).ConfigureAwait(false);
            if (found is not null && found.Version >= Oldest)
            {
                return found;
            }

            tried.Append("\n  ").Append(origin).Append(": ").Append(path).Append(": ")
                .Append(found is null ? problem : $"Python {found.Version} is too old");
        }

        throw new WorkerStartException(
            $"No Python {Oldest} or later was found. Install one, or set PythonPath (or the variable TYPEDPOOL_PYTHON) to one. Tried:"
            + (tried.Length == 0 ? " nothing: there is no python3 or python on the PATH." : tried.ToString()));
    }

    /// <summary>Asks one, which may be anything: a script that never ends, or one that leaves a process with its output behind.</summary>
    private async Task<(PythonExecutable? Found, string Problem)> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await PythonProbe.AskAsync(path, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, $"it did not answer within StartTimeout ({options.StartTimeout})");
        }
    }

    private IEnumerable<(string Origin, string Path)> Candidates()
    {
        if (options.PythonPath is { Length: > 0 } explicitly)
        {
            // What was asked for is not replaced by something else.
            yield return ("PythonPath", Executable(Path.GetFullPath(explicitly, AppContext.BaseDirectory)));
            yield break;
        }

        if (environment("VIRTUAL_ENV") is { Length: > 0 } active)
        {
            yield return ("the active virtual environment", Executable(active));
        }

        string[] around = [Environment.CurrentDirectory, AppContext.BaseDirectory, .. options.SearchPaths];
        foreach (var folder in around.Select(folder => Path.GetFullPath(folder, AppContext.BaseDirectory)).Distinct(StringComparer.Ordinal))
        {
            var beside = Path.Combine(folder, ".venv");
            if (Directory.Exists(beside))
            {
                yield return ("the virtual environment", Executable(beside));
            }
        }

        if (environment("TYPEDPOOL_PYTHON") is { Length: > 0 } named)
        {
            yield return ("TYPEDPOOL_PYTHON", Executable(named));
        }

        foreach (var name in (string[])["python3", "python"])
        {
            if (OnPath(name) is { } path)
            {
                yield return ("the PATH", path);
            }
        }
    }

    private string? OnPath(string name) =>
        (environment("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);

    private static string Executable(string path) =>
        !Directory.Exists(path) ? path
        : OperatingSystem.IsWindows() ? Path.Combine(path, "Scripts", "python.exe")
        : Path.Combine(path, "bin", "python");
}
