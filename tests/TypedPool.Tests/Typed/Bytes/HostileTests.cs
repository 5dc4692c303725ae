using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Workers that die, and workers that do not read, while attachments are on their way through a pipe. The pool serves the next call.</summary>
public sealed class HostileTests
{
    // More than any pipe holds.
    private const int Large = 10_000_000;

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    public async Task A_worker_that_dies_within_an_attachment_is_lost_and_replaced(int count)
    {
        await using var pool = await BytePools.StartThroughPipeAsync();
        var commands = new ByteCommands(pool);

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => commands.DieWhileSendingAsync(count));

        Assert.Equal((137, Delivery.MayHaveRun), (crash.ExitCode, crash.Delivery));
        Assert.Equal(Large, await commands.CountBytesAsync(new byte[Large]));
    }

    [Fact]
    public async Task A_large_request_to_a_worker_that_does_not_read_ends_with_its_time()
    {
        await using var pool = await BytePools.StartThroughPipeAsync();
        var commands = new ByteCommands(pool);
        await commands.StopReadingAsync();

        await Assert.ThrowsAsync<CommandTimeoutException>(
            () => commands.CountBytesAsync(new byte[Large], new CallOptions { CommandTimeout = TimeSpan.FromSeconds(1) }));

        Assert.Equal(Large, await commands.CountBytesAsync(new byte[Large]));
    }

    [Fact]
    public async Task A_large_request_to_a_worker_that_does_not_read_ends_when_it_is_cancelled()
    {
        await using var pool = await BytePools.StartThroughPipeAsync();
        var commands = new ByteCommands(pool);
        await commands.StopReadingAsync();
        using var cancellation = new CancellationTokenSource();
        var call = commands.CountBytesAsync(new byte[Large], cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(Large, await commands.CountBytesAsync(new byte[Large]));
    }

    [Fact]
    public async Task Attachments_above_the_limit_are_refused_on_the_side_that_would_send_them()
    {
        await using var pool = await BytePools.StartAsync(set: options => options.MaxMessageBytes = 100_000);
        var commands = new ByteCommands(pool);

        var there = await Assert.ThrowsAsync<InvalidArgumentsException>(() => commands.CountBytesAsync(new byte[100_000]));
        var back = await Assert.ThrowsAnyAsync<PythonPoolException>(() => commands.MakeBytesAsync(100_000));

        Assert.Contains("MaxMessageBytes is 100000", there.Message, StringComparison.Ordinal);
        Assert.Contains("MaxMessageBytes", back.Message, StringComparison.Ordinal);
        Assert.Equal(99_000, await commands.CountBytesAsync(new byte[99_000]));
        Assert.Equal(99_000, (await commands.MakeBytesAsync(99_000)).Length);
    }
}
