using Microsoft.Extensions.Time.Testing;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Calls that have lost a worker, and wait in the next one or for it.</summary>
public sealed class MovedCallTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MovedCallTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere no call waits in a worker.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_time_to_wait_goes_on_where_the_worker_dies_in_which_the_call_has_waited()
    {
        var (time, patience) = (new FakeTimeProvider(), TimeSpan.FromSeconds(10));
        _folder.Write("dying.py", $"""
            import os, time
            from typedpool import command

            while os.path.exists("{_folder["no more"]}"):
                time.sleep(0.001)

            @command
            def die_after(path: str) -> None:
                while not os.path.exists(path):
                    time.sleep(0.001)
                os._exit(7)

            """);
        await using var pool = await Pools.StartAsync(options =>
        {
            (options.Module, options.Prefetch, options.TimeProvider) = ("dying", 1, time);
            options.SearchPaths.Add(_folder.Path);
        });
        var running = pool.CallAsync("die_after", new { path = _folder["go"] });
        var waiting = pool.CallAsync("die_after", new { path = _folder["go"] }, new CallOptions { CheckoutTimeout = patience });
        Assert.Equal(1, pool.GetStatus().Workers[0].Prefetched);
        await File.WriteAllTextAsync(_folder["no more"], "");

        time.Advance(0.6 * patience);
        await File.WriteAllTextAsync(_folder["go"], "");
        await Assert.ThrowsAsync<WorkerCrashedException>(() => running);
        await UntilAsync(pool, status => status.Waiting == 1);
        time.Advance(0.4 * patience);

        Assert.Equal(0, pool.GetStatus().Waiting);
        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(() => waiting);
        Assert.Equal(patience, exception.Timeout);
        Assert.Contains("CheckoutTimeout (00:00:10)", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_was_to_be_run_again_and_waits_in_a_worker_is_not_said_to_have_not_run(bool isCancelled)
    {
        await using var pool = await Pools.StartAsync(options => (options.Module, options.Prefetch, options.Size) = ("prefetch_commands", 1, 2));
        using var cancellation = new CancellationTokenSource();
        var running = pool.CallAsync("wait_for", new { path = _folder["go"] });
        var dying = pool.InvokeAsync(
            Raw.Command("die_after", isIdempotent: true),
            new { path = _folder["die"] },
            new CallOptions { CheckoutTimeout = isCancelled ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(200) },
            cancellation.Token);

        // The worker that has been ready for longest leaves: that of the second call. When it has died, the call waits in the other one.
        var shrinking = pool.ResizeAsync(1);
        await File.WriteAllTextAsync(_folder["die"], "");
        if (isCancelled)
        {
            await UntilAsync(pool, status => status.Workers.Any(worker => worker.Prefetched == 1));
            await cancellation.CancelAsync();

            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
            Assert.DoesNotContain("before it was started", cancelled.Message, StringComparison.Ordinal);
        }
        else
        {
            var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(() => dying);
            Assert.Equal(Delivery.MayHaveRun, Assert.IsType<WorkerCrashedException>(exception.InnerException).Delivery);
            Assert.DoesNotContain("It was not run", exception.Message, StringComparison.Ordinal);
        }

        await shrinking;
        await File.WriteAllTextAsync(_folder["go"], "");
        await running;
    }

    private static async Task UntilAsync(PythonPool pool, Func<PoolStatus, bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isSo(pool.GetStatus()))
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
