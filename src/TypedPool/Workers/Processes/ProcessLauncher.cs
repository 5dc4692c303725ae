using System.Globalization;
#pragma warning disable RS0030 // This is the room where processes are touched.
using System.ComponentModel;
using System.Diagnostics;

namespace TypedPool.Workers.Processes;

/// <summary>Starts each worker as a process of its own.</summary>
/// <param name="python">The Python to run.</param>
/// <param name="options">The pool's options.</param>
internal sealed class ProcessLauncher(PythonExecutable python, PythonPoolOptions options) : IWorkerLauncher, IDisposable
{
    private const string TokenVariable = "TYPEDPOOL_TOKEN";
    private const string LifelineVariable = "TYPEDPOOL_LIFELINE";

    /// <summary>The folder with the Python side, beside the program; running it needs nothing installed.</summary>
    private static readonly string Bridge = Path.Combine(AppContext.BaseDirectory, "typedpool-bridge");

    private readonly Lifeline _lifeline = new();
    private readonly Poller? _poller = Poller.IfWanted();

    /// <summary>What waits for the channels of workers; null where .NET's own streams are used.</summary>
    internal Poller? Poller => _poller;

    /// <inheritdoc />
    public Task<IWorkerProcess> LaunchAsync(string token, CancellationToken cancellationToken) => LaunchAsync("serve", token, cancellationToken);

    /// <summary>Starts a process of the bridge.</summary>
    /// <param name="action">What it is to do.</param>
    /// <param name="token">The token with which it opens its channel.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The process.</returns>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    internal Task<IWorkerProcess> LaunchAsync(string action, string token, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(Bridge, "__main__.py")))
        {
            throw new WorkerStartException(
                $"The Python side of TypedPool is not at {Bridge}. It is copied there by the build; publish the folder with the program.");
        }

        var startInfo = StartInfo(action, token);

        // Starting a process blocks for half a millisecond: workers are started side by side.
        return Task.Run<IWorkerProcess>(() => Start(startInfo), cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lifeline.Dispose();
        _poller?.Dispose();
    }

    private PythonProcess Start(ProcessStartInfo startInfo)
    {
        try
        {
            return PythonProcess.Start(startInfo, _poller);
        }
        catch (Win32Exception exception)
        {
            throw new WorkerStartException($"{startInfo.FileName} cannot be started: {exception.Message}", exception);
        }
    }

    private ProcessStartInfo StartInfo(string action, string token)
    {
        var startInfo = new ProcessStartInfo(python.Path, [Bridge, action, options.Module])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory is null ? "" : FullPath(options.WorkingDirectory),
        };

        foreach (var path in options.SearchPaths)
        {
            startInfo.ArgumentList.Add("--search-path");
            startInfo.ArgumentList.Add(FullPath(path));
        }

        if (options.CallsPerWorker > 1)
        {
            startInfo.ArgumentList.Add("--calls");
            startInfo.ArgumentList.Add(options.CallsPerWorker.ToString(CultureInfo.InvariantCulture));
        }

        if (options.CommandThreads > 1)
        {
            startInfo.ArgumentList.Add("--threads");
            startInfo.ArgumentList.Add(options.CommandThreads.ToString(CultureInfo.InvariantCulture));
        }

        if (PythonLogging.LeastLevel(options) is { } level)
        {
            startInfo.ArgumentList.Add("--logs");
            startInfo.ArgumentList.Add(level.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in options.Environment)
        {
            startInfo.Environment[name] = value;
        }

        ThreadVariables.AddTo(startInfo.Environment, options);
        startInfo.Environment[TokenVariable] = token;
        startInfo.Environment[LifelineVariable] = _lifeline.Path;
        return startInfo;
    }

    private static string FullPath(string path) => Path.GetFullPath(path, AppContext.BaseDirectory);
}
