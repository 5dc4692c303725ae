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

    private static async Task UntilAsync(PythonPool pool, Func<PoolStatus, bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isSo(pool.GetStatus()))
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
