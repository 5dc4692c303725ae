using Microsoft.Extensions.Logging;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Testing;

public sealed class RecordingLoggerFactoryTests
{
    [Fact]
    public async Task A_line_logged_before_is_found()
    {
        using var logs = new RecordingLoggerFactory();
        logs.CreateLogger("category").LogInformation(new EventId(7, "Started"), "worker {Id} started", 3);

        var entry = await logs.WaitForAsync(entry => entry.Id.Id == 7, TestContext.Current.CancellationToken);

        Assert.Equal("worker 3 started", entry.Message);
        Assert.Equal(3, entry.Values["Id"]);
        Assert.Equal("category", entry.Category);
    }

    [Fact]
    public async Task A_line_logged_later_ends_the_wait()
    {
        using var logs = new RecordingLoggerFactory();
        var log = logs.CreateLogger("category");

        var waiting = logs.WaitForAsync(entry => entry.Level == LogLevel.Error, TestContext.Current.CancellationToken);
        log.LogInformation("not this");
        Assert.False(waiting.IsCompleted);
        log.LogError("this");

        Assert.Equal("this", (await waiting).Message);
        Assert.Equal(2, logs.Entries.Count);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var logs = new RecordingLoggerFactory();
        using var cancelled = new CancellationTokenSource();

        var waiting = logs.WaitForAsync(_ => true, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
