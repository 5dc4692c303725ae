using TypedPool.Serialization;
using TypedPool.Tests.Live;
using Xunit;

namespace TypedPool.Tests.Streams;

/// <summary>Streams of plain commands that run on the threads of one worker (<see cref="PythonPoolOptions.CommandThreads"/>).</summary>
public sealed class ThreadedStreamTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task Many_streams_and_calls_share_a_worker()
    {
        await using var pool = await StartAsync();
        var streams = Enumerable.Range(0, 8).Select(_ => pool.CountAsync(3_000).CountAsync(Token).AsTask()).ToList();
        var pids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pool.PidAsync()));

        Assert.All(await Task.WhenAll(streams), count => Assert.Equal(3_000, count));
        Assert.Single(pids.Distinct());
    }

    [Fact]
    public async Task Streams_that_nobody_reads_hold_their_threads_and_who_leaves_them_gives_these_back()
    {
        await using var pool = await StartAsync(threads: 2);
        await using var first = pool.StreamAsync("endless").GetAsyncEnumerator(Token);
        await using var second = pool.StreamAsync("endless").GetAsyncEnumerator(Token);
        Assert.True(await first.MoveNextAsync() && await second.MoveNextAsync());

        // Both threads are held, and what comes waits for one.
        var pid = pool.PidAsync();
        Assert.False(pid.IsCompleted);
        await first.DisposeAsync();

        Assert.True(pool.Exists("closed"));
        await pid;
        Assert.True(await second.MoveNextAsync());
        Assert.Equal(0, pool.Losses);
    }

    [Fact]
    public async Task One_that_is_cancelled_is_closed_and_its_neighbours_go_on()
    {
        await using var pool = await StartAsync();
        await using var neighbour = pool.CountAsync(5_000).GetAsyncEnumerator(Token);
        Assert.True(await neighbour.MoveNextAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in pool.StreamAsync("endless", cancellationToken: _cancellation.Token))
            {
                await _cancellation.CancelAsync();
            }
        });

        Assert.True(pool.Exists("closed"));
        for (var number = 1; number < 5_000; number++)
        {
            Assert.True(await neighbour.MoveNextAsync());
        }

        Assert.Equal(0, pool.Losses);
    }

    [Fact]
    public async Task One_that_does_not_come_back_to_its_yield_costs_the_worker()
    {
        await using var pool = await StartAsync(options: it => it.CancelGrace = it.InterruptGrace = TimeSpan.FromMilliseconds(50));

        await foreach (var _ in pool.StreamAsync("then_sleep", new { count = 1, folder = pool.PathOf(".") }))
        {
            await pool.UntilExistsAsync("sleeping");
            break;
        }

        await pool.PidAsync();
        Assert.Equal(1, pool.Losses);
    }

    [Fact]
    public async Task Streams_go_in_and_out_at_once()
    {
        await using var pool = await StartAsync();

        var sums = Enumerable.Range(0, 8).Select(_ => pool.SendAsync("total", AsyncEnumerable.Range(0, 5_000)));
        Assert.All(await Task.WhenAll(sums), sum => Assert.Equal(Enumerable.Range(0, 5_000).Sum(), sum));
        var doubled = await pool.Pool.StreamAsync(NumbersCommand.Of("doubled", JsonRead.Int32), (AsyncEnumerable.Range(0, 5_000), new { })).ToListAsync(Token);
        Assert.Equal(Enumerable.Range(0, 5_000).Select(each => 2 * each), doubled);
    }

    [Fact]
    public async Task A_command_that_waits_for_an_item_ends_when_it_is_cancelled_and_keeps_its_worker()
    {
        await using var pool = await StartAsync();
        var pid = await pool.PidAsync();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = pool.SendAsync("total", NeverAsync(waits), cancellationToken: _cancellation.Token);
        await waits.Task;

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(pid, await pool.PidAsync());
        Assert.Equal(0, pool.Losses);
    }

    private static async IAsyncEnumerable<int> NeverAsync(
        TaskCompletionSource waits, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        waits.SetResult();
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        yield return 0;
    }

    private static Task<LivePool> StartAsync(int threads = 10, Action<PythonPoolOptions>? options = null) => StreamPool.StartAsync(it =>
    {
        (it.CallsPerWorker, it.CommandThreads) = (10, threads);
        options?.Invoke(it);
    });
}
