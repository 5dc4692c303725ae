using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace TypedPool.Telemetry;

/// <summary>
/// The user's logger, with whatever it throws dropped: lines are logged where workers are drained, ended and replaced,
/// and all of that must go on.
/// </summary>
/// <param name="logger">The user's logger.</param>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Providers are the user's, and throw what they like.")]
internal sealed class ForgivingLogger(ILogger logger) : ILogger
{
    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is no log to tell it to.
        }
    }
}
