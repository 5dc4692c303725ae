using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPool.Pool;
using TypedPool.Telemetry;
using TypedPool.Testing.Logging;
using TypedPool.Tests.Workers;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Pool;

public sealed class PooledWorkerTests
{
    [Fact]
    public async Task A_worker_that_ends_as_soon_as_it_is_ready_does_not_stay_in_the_queue()
    {
        var process = new FakeProcess();
        using var log = new RecordingLoggerFactory();
        var logger = new ReadyLogger(log.CreateLogger("pool"), () =>
        {
            process.Kill();
            process.Disposed.Task.Wait();
        });
        var settings = new WorkerSettings(
            "pool", Contract: null, 1_000_000, Timeout.InfiniteTimeSpan, TimeProvider.System, logger, new OutputLoggers(NullLoggerFactory.Instance));
        var launcher = new FakeLauncher(process, token => process.ServeAsync(token, """{"protocol":1}"""));
        var starter = new WorkerStarter(launcher, settings);
        var supervisor = new PoolSupervisor<PooledWorker>(
            new SupervisorSettings { Size = 1, IsLazy = true },
            async cancellationToken => new PooledWorker((await starter.StartAsync(cancellationToken)).Worker),
            new PoolEvents("pool", logger),
            TimeProvider.System);

        await supervisor.StartEagerlyAsync(CancellationToken.None);

        await log.WaitForAsync(entry => entry.Message.Contains("is lost", StringComparison.Ordinal));
        Assert.Equal(0, supervisor.Checkout.Count().Free);
        await supervisor.StopAsync(TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>Does something in the moment in which a worker has become ready.</summary>
    private sealed class ReadyLogger(ILogger logger, Action onReady) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains("is ready", StringComparison.Ordinal))
            {
                onReady();
            }

            logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
