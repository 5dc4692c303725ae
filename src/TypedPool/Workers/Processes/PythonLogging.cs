using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedPool.Workers.Processes;

/// <summary>What workers are told of the log that is wanted.</summary>
internal static class PythonLogging
{
    /// <summary>From which level on records are wanted, as Python counts levels.</summary>
    /// <param name="options">The pool's options.</param>
    /// <returns>The level; null where nobody wants to have any.</returns>
    internal static int? LeastLevel(PythonPoolOptions options) => options.LoggerFactory is NullLoggerFactory ? null : options.PythonLogLevel switch
    {
        LogLevel.Trace => 1,
        LogLevel.Debug => 10,
        LogLevel.Information => 20,
        LogLevel.Warning => 30,
        LogLevel.Error => 40,
        LogLevel.Critical => 50,
        _ => null,
    };
}
