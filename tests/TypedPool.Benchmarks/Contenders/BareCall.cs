using Microsoft.Extensions.Logging.Abstractions;
using TypedPool.Benchmarks.Generated;
using TypedPool.Serialization;
using TypedPool.Telemetry;
using TypedPool.Wire;
using TypedPool.Workers;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>The same call of the generated client, on the connection of a worker that no pool has: no checkout, no clock, no observer.</summary>
/// <param name="text">The argument, and the result.</param>
internal sealed class BareCall(string text) : IContender, IPythonInvoker
{
    private readonly RequestBuffer _buffer = new();
    private ProcessLauncher? _launcher;
    private Worker? _worker;

    public string Name => "the same call on a bare connection";

    public string? Contract => null;

    public async Task StartAsync()
    {
        var options = new PythonPoolOptions { Module = "benchmark_commands", SearchPaths = { "python" } };
        var python = await new PythonFinder(options, Environment.GetEnvironmentVariable).FindAsync(CancellationToken.None);
        _launcher = new ProcessLauncher(python, options);
        var settings = new WorkerSettings(
            "bare", null, options.MaxMessageBytes, options.StartTimeout, options.TimeProvider, NullLogger.Instance, new OutputLoggers(NullLoggerFactory.Instance));
        (_worker, _) = await new WorkerStarter(_launcher, settings).StartAsync(CancellationToken.None);
        await RunAsync(1);
    }

    public async Task RunAsync(int times)
    {
        var commands = new PythonCommands(this);
        for (var i = 0; i < times; i++)
        {
            var result = await commands.EchoAsync(text);
            if (result.Length != text.Length)
            {
                throw new InvalidDataException("The call did not return what it was given.");
            }
        }
    }

    public async Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command, TRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        Pool.Arguments.Write(_buffer, command, request, attaches: false, session: null, traceparent: null);
        return (await _worker!.Connection.CallAsync(_buffer, PythonPoolDefaults.CommandTimeout, command.ReadResult)).Result;
    }

    public async ValueTask DisposeAsync()
    {
        await (_worker?.StopAsync(TimeSpan.Zero, CancellationToken.None) ?? Task.CompletedTask);
        _launcher?.Dispose();
        _buffer.Dispose();
    }
}
