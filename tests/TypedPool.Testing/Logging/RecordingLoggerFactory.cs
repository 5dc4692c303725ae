using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace TypedPool.Testing.Logging;

/// <summary>Keeps every line that is logged, and lets a test await one. Nothing polls: the line itself ends the wait.</summary>
public sealed class RecordingLoggerFactory : ILoggerFactory
{
    private static readonly ConcurrentDictionary<RecordingLoggerFactory, bool> NotDisposed = new();

    private readonly Lock _lock = new();
    private readonly List<Wait> _waits = [];
    private ImmutableList<LogEntry> _entries = [];

    /// <summary>Starts to record.</summary>
    public RecordingLoggerFactory() => NotDisposed[this] = true;

    /// <summary>Everything recorded so far, in order.</summary>
    public IReadOnlyList<LogEntry> Entries => Volatile.Read(ref _entries);

    /// <summary>The factories not yet disposed, for the report on a hang.</summary>
    internal static ICollection<RecordingLoggerFactory> Living => NotDisposed.Keys;

    /// <summary>The first entry, recorded already or yet to come, that the predicate accepts.</summary>
    public async Task<LogEntry> WaitForAsync(Func<LogEntry, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        Wait wait;
        lock (_lock)
        {
            if (_entries.Find(entry => predicate(entry)) is { } recorded)
                return recorded;
            _waits.Add(wait = new Wait(predicate));
        }

        try
        {
            return await wait.Found.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
                _waits.Remove(wait);
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>Not offered: this factory is its own and only provider.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => NotDisposed.TryRemove(this, out _);

    private void Record(LogEntry entry)
    {
        lock (_lock)
        {
            _entries = _entries.Add(entry);
            foreach (var wait in _waits)
            {
                if (wait.Predicate(entry))
                    wait.Found.TrySetResult(entry);
            }
        }
    }

    private sealed record Wait(Func<LogEntry, bool> Predicate)
    {
        // Asynchronously, so that the test never goes on inside the code that logs, under the lock.
        public TaskCompletionSource<LogEntry> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Logger(RecordingLoggerFactory factory, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IReadOnlyList<KeyValuePair<string, object?>> pairs
                ? pairs.DistinctBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal)
                : [];
            factory.Record(new LogEntry(category, logLevel, eventId, formatter(state, exception), exception, values));
        }
    }
}
