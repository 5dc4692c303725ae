using TypedPool.Serialization;
using TypedPool.Tests.Live;
using Xunit;

namespace TypedPool.Tests.Streams;

/// <summary>Streams on an event loop: several on one worker, beside ordinary calls.</summary>
public sealed class StreamsAtOnceTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task Many_streams_and_calls_share_a_worker()
    {
        await using var pool = await StartAsync();
        var streams = Enumerable.Range(0, 8).Select(each => pool.StreamAsync(each == 0 ? "plain" : "count", new { to = 3_000 }).CountAsync(Token).AsTask()).ToList();
        var pids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pool.PidAsync()));

        Assert.All(await Task.WhenAll(streams), count => Assert.Equal(3_000, count));
        Assert.Single(pids.Distinct());
        Assert.Single(pool.Pool.GetStatus().Workers);
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_holds_its_place_and_up_nobody()
    {
        await using var pool = await StartAsync(places: 2);
        await using (var items = pool.StreamAsync("endless").GetAsyncEnumerator(Token))
        {
            Assert.True(await items.MoveNextAsync());
            Assert.Equal(3_000, await pool.StreamAsync("count", new { to = 3_000 }).CountAsync(Token));
            await pool.PidAsync();
        }

        Assert.True(pool.Exists("closed"));
        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task One_of_many_is_cancelled_and_its_neighbours_go_on()
    {
        await using var pool = await StartAsync();
        await using var neighbour = pool.StreamAsync("count", new { to = 5_000 }).GetAsyncEnumerator(Token);
        Assert.True(await neighbour.MoveNextAsync());

        var (items, _) = await CancelledAsync(pool).FailsAsync<int, OperationCanceledException>();

        Assert.Equal([0, 1, 2], items);
        Assert.True(pool.Exists("closed"));
        for (var number = 1; number < 5_000; number++)
        {
            Assert.True(await neighbour.MoveNextAsync());
        }

        Assert.False(await neighbour.MoveNextAsync());
        Assert.Equal(0, pool.Losses);
    }

    [Fact]
    public async Task Exceptions_come_after_the_items_before_them()
    {
        await using var pool = await StartAsync();

        var (items, failure) = await pool.StreamAsync("fail_after", new { count = 2_000 }).FailsAsync<int, PythonException>();

        Assert.Equal(Enumerable.Range(0, 2_000), items);
        Assert.Equal("builtins.ValueError: no more", failure.Message);
    }

    [Fact]
    public async Task Streams_go_in_and_out_at_once()
    {
        await using var pool = await StartAsync();
        var numbers = AsyncEnumerable.Range(0, 5_000);

        Assert.Equal(Enumerable.Range(0, 5_000).Sum(), await pool.SendAsync("total", numbers));
        var doubled = await pool.Pool.StreamAsync(NumbersCommand.Of("doubled", JsonRead.Int32), (numbers, new { })).ToListAsync(Token);
        Assert.Equal(Enumerable.Range(0, 5_000).Select(each => 2 * each), doubled);
    }

    private async IAsyncEnumerable<int> CancelledAsync(LivePool pool)
    {
        await foreach (var item in pool.StreamAsync("then_wait", new { count = 3, folder = pool.PathOf(".") }, cancellationToken: _cancellation.Token))
        {
            yield return item;
            if (item == 2)
            {
                await pool.UntilExistsAsync("waiting");
                await _cancellation.CancelAsync();
            }
        }
    }

    private static Task<LivePool> StartAsync(int places = 20) =>
        StreamPool.StartAsync(options => options.CallsPerWorker = places, "async_stream_commands");
}
