using Xunit;

namespace TypedPool.Tests.Streams;

/// <summary>Streams whose end comes from elsewhere: a token, or the pool.</summary>
public sealed class StreamEndTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_ends_the_stream_closes_the_generator_and_frees_the_worker(bool isOfEnumeration)
    {
        await using var pool = await StreamPool.StartAsync();
        var pid = await pool.PidAsync();
        var stream = isOfEnumeration ? pool.StreamAsync("endless") : pool.StreamAsync("endless", cancellationToken: _cancellation.Token);
        var last = 0;

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in stream.WithCancellation(isOfEnumeration ? _cancellation.Token : default))
            {
                last = item;
                if (item == 10)
                {
                    await _cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal((10, _cancellation.Token), (last, failure.CancellationToken));
        Assert.True(pool.Exists("closed"));
        Assert.Equal(1, pool.Free());
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_takes_no_worker()
    {
        await using var pool = await StreamPool.StartAsync();
        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.StreamAsync("endless", cancellationToken: _cancellation.Token).FirstAsync(Token).AsTask());

        Assert.False(pool.Exists("closed"));
        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task A_pool_that_stops_waits_for_a_stream_that_is_read()
    {
        await using var pool = await StreamPool.StartAsync();
        Task? stop = null;
        var count = 0;

        await foreach (var item in pool.CountAsync(5_000))
        {
            stop ??= pool.Pool.StopAsync(CancellationToken.None);
            count++;
        }

        await stop!;
        Assert.Equal(5_000, count);
        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CountAsync(1).FirstAsync(Token).AsTask());
    }

    [Fact]
    public async Task A_pool_that_stops_ends_a_stream_that_nobody_reads_and_what_had_come_can_be_read()
    {
        await using var pool = await StreamPool.StartAsync(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        await using var items = pool.StreamAsync("endless").GetAsyncEnumerator(Token);
        Assert.True(await items.MoveNextAsync());

        await pool.Pool.StopAsync(Token);

        var failure = await Assert.ThrowsAsync<PoolUnavailableException>(async () =>
        {
            while (await items.MoveNextAsync())
            {
            }
        });
        Assert.Contains("ShutdownTimeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_is_to_be_replaced_stays_until_its_stream_has_ended()
    {
        await using var pool = await StreamPool.StartAsync();
        var pid = await pool.PidAsync();
        Task? recycle = null;
        var count = 0;

        await foreach (var item in pool.CountAsync(5_000))
        {
            if (recycle is null)
            {
                recycle = pool.Pool.RecycleAsync(Token);
                Assert.NotEqual(pid, await pool.PidAsync());
                Assert.False(recycle.IsCompleted);
            }

            count++;
        }

        await recycle!;
        Assert.Equal(5_000, count);
        Assert.Equal(0, pool.Losses);
    }
}
