using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TypedPool.Tests.Live;

/// <summary>A logger that stops in the middle of a line until the test lets it go, and counts the lines that are numbers.</summary>
internal sealed class BlockedLoggerFactory : ILoggerFactory, ILogger
{
    private readonly TaskCompletionSource _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();
    private volatile bool _blocks;

    /// <summary>Completes when it is in the middle of a line.</summary>
    internal Task Blocked => _blocked.Task;

    /// <summary>How many lines were numbers.</summary>
    internal int Numbers { get; private set; }

    /// <summary>How many lines it was told to have been left out.</summary>
    internal long Dropped { get; private set; }

    internal void Block() => _blocks = true;

    internal void Release() => _released.Set();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "OutputDropped")
        {
            Dropped += (long)((IEnumerable<KeyValuePair<string, object?>>)state!).Single(each => each.Key == "Count").Value!;
        }
        else if (eventId.Name == "WorkerLogged")
        {
            if (_blocks)
            {
                _blocked.TrySetResult();
                _released.Wait();
            }

            Numbers += int.TryParse(formatter(state, exception), CultureInfo.InvariantCulture, out _) ? 1 : 0;
        }
    }

    public void Dispose()
    {
        _released.Set();
        _released.Dispose();
    }
}
