using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Workers that die in the middle of a hundred megabytes in a pipe: what becomes of the call, of the pool, and of the memory.</summary>
public sealed class LossTests : IAsyncLifetime
{
    private const int Large = 100_000_000;

    /// <summary>What a garbage collection may find more than the one before, without a hundred megabytes among it.</summary>
    private const int Noise = 20_000_000;

    private PythonPool _pool = null!;
    private ByteCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await BytePools.StartThroughPipeAsync(options => options.CancelGrace = options.InterruptGrace = TimeSpan.Zero);
        _commands = new ByteCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task An_answer_that_breaks_off_may_have_run_and_leaves_nothing_behind()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => _commands.DieWhileSendingAsync(Large));

        Assert.Equal((137, Delivery.MayHaveRun), (crash.ExitCode, crash.Delivery));
        await AssertServesAsync();
        await AssertFreedAsync(before);
    }

    [Fact]
    public async Task A_request_that_is_cut_off_has_not_run_and_is_sent_to_another_worker()
    {
        await _commands.DieWhileReadingAsync();

        Assert.Equal(Large, await _commands.CountBytesAsync(new byte[Large]));

        var worker = Assert.Single(_pool.GetStatus().Workers);
        Assert.Equal("typed_bytes/2", worker.Id);
    }

    [Fact]
    public async Task A_request_that_is_cut_off_every_time_has_not_run_and_is_kept_nowhere()
    {
        await using var pool = await BytePools.StartThroughPipeAsync(options => options.Environment["TYPED_BYTES_DIE"] = "1");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => new ByteCommands(pool).CountBytesAsync(new byte[Large]));

        Assert.Equal((137, Delivery.NotStarted), (crash.ExitCode, crash.Delivery));
        await AssertFreedAsync(before);
        GC.KeepAlive(pool);
    }

    [Fact]
    public async Task What_was_sent_and_received_is_kept_nowhere_when_the_call_has_ended()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await _commands.CountBytesAsync(new byte[Large]);
        await AssertFreedAsync(before);

        await _commands.MakeBytesAsync(Large);
        await AssertFreedAsync(before);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_its_answer_comes_leaves_nothing_behind()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var cancellation = new CancellationTokenSource();
        using var folder = new TemporaryFolder();
        var begun = Path.Combine(folder.Path, "begun");
        var call = _commands.StallWhileSendingAsync(Large, begun, cancellationToken: cancellation.Token);
        await Files.UntilExistsAsync(begun);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await AssertServesAsync();
        await AssertFreedAsync(before);
    }

    private async Task AssertServesAsync()
    {
        Assert.Equal(Large, await _commands.CountBytesAsync(new byte[Large]));
        Assert.Single(_pool.GetStatus().Workers);
    }

    private static async Task AssertFreedAsync(long before)
    {
        // What is below on the stack of this thread ends a call, and holds its arguments until it returns.
        await Task.Yield();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Noise);
    }
}
