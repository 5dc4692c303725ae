using Microsoft.Extensions.Logging;

namespace LiveJobs;

/// <summary>Shows what Python logs. A program of yours has its own logging; a pool writes to any <see cref="ILoggerFactory"/>.</summary>
internal sealed class ScreenLog : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Lines(categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is but the screen.");

    public void Dispose()
    {
    }

    private sealed class Lines(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Screen.LogLine(logLevel is LogLevel.Information ? "info" : logLevel is LogLevel.Warning ? "warn" : "error", category, formatter(state, exception));
            }
        }
    }
}
