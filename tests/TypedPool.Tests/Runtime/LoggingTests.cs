using Microsoft.Extensions.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class LoggingTests
{
    [Fact]
    public async Task A_logger_that_throws_costs_neither_a_call_nor_a_worker()
    {
        using var log = new ThrowingLoggerFactory();
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = log);

        await pool.CallAsync("write_to_descriptor_1", new { text = "a line\n" });
        Assert.Equal(1, (await pool.CallAsync("print_megabytes", new { count = 1 })).GetInt32());
        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("exit_process", new { code = 3 }));

        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }

    [Fact]
    public async Task What_flows_with_whoever_starts_a_pool_does_not_flow_into_what_its_workers_print()
    {
        var ofTheStart = new AsyncLocal<string> { Value = "a scope" };
        using var log = new FlowLoggerFactory(ofTheStart);
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = log);

        await pool.CallAsync("write_to_descriptor_1", new { text = "a line\n" });

        Assert.Null(await log.Printed.Task);
    }

    /// <summary>Tells what flowed where a line of a worker's own was logged.</summary>
    private sealed class FlowLoggerFactory(AsyncLocal<string> flow) : ILoggerFactory, ILogger
    {
        internal TaskCompletionSource<string?> Printed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).EndsWith("a line", StringComparison.Ordinal))
            {
                Printed.TrySetResult(flow.Value);
            }
        }

        public void Dispose()
        {
        }
    }

    /// <summary>As of a provider whose target is full, or that has been disposed.</summary>
    private sealed class ThrowingLoggerFactory : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The log is full.");

        public void Dispose()
        {
        }
    }
}
