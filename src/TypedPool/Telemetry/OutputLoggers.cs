using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedPool.Telemetry;

/// <summary>The loggers of what workers say: one for what they print, and one a logger of Python's.</summary>
/// <param name="factory">The user's.</param>
internal sealed class OutputLoggers(ILoggerFactory factory)
{
    private const string Category = "TypedPool.Worker";

    /// <summary>A factory keeps its loggers for ever, and Python may name one after each of its users.</summary>
    private const int MostNames = 1_000;

    private static readonly EventId Printed = new(10, "WorkerPrinted");
    private static readonly EventId Logged = new(16, "WorkerLogged");

    private readonly ConcurrentDictionary<string, ILogger> _named = new(StringComparer.Ordinal);
    private readonly ForgivingLogger _logger = new(factory.CreateLogger(Category));

    /// <summary>Logs what a worker said.</summary>
    /// <param name="worker">The worker's id.</param>
    /// <param name="output">What it said.</param>
    internal void Log(string worker, WorkerOutput output)
    {
        var logger = output.Logger is null ? _logger : Named(output.Logger);
        if (logger.IsEnabled(output.Level))
        {
            logger.Log(
                output.Level,
                output.Logger is null ? Printed : Logged,
                new WorkerOutputState(worker, output),
                exception: null,
                static (state, _) => state.ToString());
        }
    }

    /// <summary>Logs how much of what a worker said is not logged.</summary>
    /// <param name="worker">The worker's id.</param>
    /// <param name="count">How many lines and records.</param>
    internal void Dropped(string worker, long count) => _logger.OutputDropped(worker, count);

    private ILogger Named(string name)
    {
        if (_named.TryGetValue(name, out var known))
        {
            return known;
        }

        return _named.Count < MostNames
            ? _named.GetOrAdd(name, each => new ForgivingLogger(factory.CreateLogger($"{Category}.{each}")))
            : _logger;
    }
}
