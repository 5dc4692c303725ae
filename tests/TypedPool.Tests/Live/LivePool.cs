using System.Text.Json;
using TypedPool.Testing;
using TypedPool.Testing.Logging;
using TypedPool.Tests.Runtime;

namespace TypedPool.Tests.Live;

/// <summary>A pool over commands that run until they are stopped, with the folder in which they make files to say how far they are.</summary>
internal sealed class LivePool : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private PythonPool? _pool;

    internal PythonPool Pool => _pool ?? throw new InvalidOperationException("The pool is not started.");

    internal RecordingLoggerFactory Log { get; } = new();

    /// <summary>How many workers were lost.</summary>
    internal int Losses => Log.Entries.Count(entry => entry.Id.Name == "WorkerLost");

    internal static async Task<LivePool> StartAsync(Action<PythonPoolOptions>? configure = null, string module = "live_commands")
    {
        var pool = new LivePool();
        pool._pool = await Pools.StartAsync(options =>
        {
            options.Module = module;
            options.LoggerFactory = pool.Log;
            configure?.Invoke(options);
        });
        return pool;
    }

    internal string PathOf(string name) => Path.Combine(_folder.Path, name);

    internal bool Exists(string name) => File.Exists(PathOf(name));

    internal void Make(string name) => File.WriteAllText(PathOf(name), "");

    internal Task<JsonElement> CallAsync(string command, object? arguments = null, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pool.CallAsync(command, arguments, options, cancellationToken);

    /// <summary>The process of a worker.</summary>
    internal async Task<int> PidAsync() => (await CallAsync("pid")).GetInt32();

    /// <summary>Calls a command that makes the file <c>begun</c>, and waits until it has.</summary>
    /// <returns>The call.</returns>
    internal async Task<Task<JsonElement>> BeginAsync(
        string command, object? arguments = null, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = CallAsync(command, arguments ?? new { path = PathOf("begun") }, options, cancellationToken);
        await UntilExistsAsync("begun");
        return call;
    }

    /// <summary>Waits until a file has been made.</summary>
    internal Task UntilExistsAsync(string name) => Files.UntilExistsAsync(PathOf(name));

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        Log.Dispose();
        _folder.Dispose();
    }
}
