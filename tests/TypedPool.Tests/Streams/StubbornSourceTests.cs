using TypedPool.Tests.Live;
using Xunit;

namespace TypedPool.Tests.Streams;

/// <summary>Streams among the arguments that ignore their token: they hold up neither their call nor the pool for ever.</summary>
public sealed class StubbornSourceTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly ManualResetEventSlim _blocked = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the source waits for what does not come.</summary>
    private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        _cancellation.Dispose();
        _blocked.Dispose();
    }

    [Fact]
    public async Task A_call_ends_without_it_when_its_grace_is_over_and_says_so()
    {
        await using var pool = await StartAsync();

        Assert.Equal(0, await pool.SendAsync("first", SourceAsync()));

        Assert.False(_disposed.Task.IsCompleted);
        var warning = Assert.Single(pool.Log.Entries, entry => entry.Id.Name == "StreamRunsOn");
        Assert.Contains("first", warning.Message, StringComparison.Ordinal);
        Assert.Contains("numbers", warning.Message, StringComparison.Ordinal);

        // The worker has forgotten it, and it ends with its next item.
        Assert.Equal(6, await pool.SendAsync("total", AsyncEnumerable.Range(1, 3)));
        await ReleaseAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_call_ends_without_it(bool blocksItsThread)
    {
        // Time enough for the worker to say that it has ended the call, however busy the machine is.
        await using var pool = await StartAsync(options => options.InterruptGrace = TimeSpan.FromSeconds(3));
        var pid = await pool.PidAsync();
        var call = pool.SendAsync("total", SourceAsync(blocksItsThread), cancellationToken: _cancellation.Token);
        await _waits.Task;

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(pid, await pool.PidAsync());
        await ReleaseAsync();
    }

    [Fact]
    public async Task A_pool_stops_without_it()
    {
        await using var pool = await StartAsync(options => options.ShutdownTimeout = Grace);
        var call = pool.SendAsync("total", SourceAsync());
        await _waits.Task;

        await pool.Pool.StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<PoolUnavailableException>(() => call);
        Assert.False(_disposed.Task.IsCompleted);
        await ReleaseAsync();
    }

    private static Task<LivePool> StartAsync(Action<PythonPoolOptions>? configure = null) => StreamPool.StartAsync(options =>
    {
        options.CancelGrace = options.InterruptGrace = Grace;
        configure?.Invoke(options);
    });

    private Task ReleaseAsync()
    {
        _blocked.Set();
        _release.SetResult();
        return _disposed.Task;
    }

    private async IAsyncEnumerable<int> SourceAsync(bool blocksItsThread = false)
    {
        try
        {
            yield return 0;
            _waits.SetResult();
            if (blocksItsThread)
            {
                _blocked.Wait(CancellationToken.None);
            }
            else
            {
                await _release.Task;
            }

            yield return 1;
            throw new InvalidOperationException("It is not read on when its call has ended.");
        }
        finally
        {
            _disposed.SetResult();
        }
    }
}
