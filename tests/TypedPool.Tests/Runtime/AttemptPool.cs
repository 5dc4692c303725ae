using System.Text.Json;
using TypedPool.Testing;
using TypedPool.Testing.Logging;

namespace TypedPool.Tests.Runtime;

/// <summary>A pool over commands that count their runs, with the file in which they do.</summary>
internal sealed class AttemptPool : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLoggerFactory _log = new();
    private PythonPool? _pool;

    internal PythonPool Pool => _pool ?? throw new InvalidOperationException("The pool is not started.");

    /// <summary>How often a command was started.</summary>
    internal int Runs => File.Exists(RunsFile) ? (int)new FileInfo(RunsFile).Length : 0;

    internal string RunsFile => PathOf("runs");

    internal static async Task<AttemptPool> StartAsync(Action<PythonPoolOptions>? configure = null)
    {
        var pool = new AttemptPool();
        pool._pool = await Pools.StartAsync(options =>
        {
            options.Module = "attempt_commands";
            options.LoggerFactory = pool._log;
            configure?.Invoke(options);
        });
        return pool;
    }

    internal string PathOf(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Runs a command that dies in its first runs.</summary>
    /// <returns>The how manieth run it was that answered.</returns>
    internal async Task<int> DieFirstAsync(int times, CallOptions? options = null, bool isIdempotent = true) =>
        (await CallAsync("die_first", new { path = RunsFile, times }, options, isIdempotent)).GetInt32();

    internal Task<JsonElement> CallAsync(
        string name, object arguments, CallOptions? options = null, bool isIdempotent = true, CancellationToken cancellationToken = default) =>
        Pool.InvokeAsync(Raw.Command(name, isIdempotent), arguments, options, cancellationToken);

    /// <summary>Waits until a command was started.</summary>
    internal Task UntilRunAsync() => Files.UntilExistsAsync(RunsFile);

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }
}
