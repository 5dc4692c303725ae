using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace TypedPool.Tests.Streams;

/// <summary>Whose time a stream takes: the command's only while it is at work and somebody waits for it.</summary>
public sealed class StreamTimeTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Time_that_the_reader_takes_is_not_the_commands()
    {
        await using var pool = await StreamPool.StartAsync(options => options.TimeProvider = _time);

        await foreach (var item in pool.StreamAsync("count", new { to = 5_000 }, new CallOptions { CommandTimeout = TimeSpan.FromSeconds(1) }))
        {
            _time.Advance(item % 1_000 == 0 ? Long : TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task Time_that_the_source_of_a_parameter_takes_is_not_the_commands()
    {
        await using var pool = await StreamPool.StartAsync(options => options.TimeProvider = _time);

        Assert.Equal(1, await pool.SendAsync("total", SlowAsync(), options: new CallOptions { CommandTimeout = TimeSpan.FromSeconds(1) }));

        async IAsyncEnumerable<int> SlowAsync()
        {
            // It is enumerated because Python waits.
            _time.Advance(Long);
            yield return 1;
            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_reader_that_does_nothing_keeps_its_worker_until_the_deadline()
    {
        await using var pool = await StreamPool.StartAsync(options => options.TimeProvider = _time);
        var limit = new CallOptions
        {
            Deadline = _time.GetUtcNow() + TimeSpan.FromMinutes(1),
            CommandTimeout = Timeout.InfiniteTimeSpan,
            TimeoutAction = TimeoutAction.Interrupt,
        };
        await using var items = pool.StreamAsync("endless", options: limit).GetAsyncEnumerator(Token);
        Assert.True(await items.MoveNextAsync());

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, pool.Free());
        _time.Advance(TimeSpan.FromSeconds(2));
        await pool.UntilExistsAsync("closed");

        var failure = await Assert.ThrowsAsync<CommandTimeoutException>(async () =>
        {
            while (await items.MoveNextAsync())
            {
            }
        });
        Assert.Contains("Deadline", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_does_nothing_keeps_its_worker_without_a_deadline()
    {
        await using var pool = await StreamPool.StartAsync(options => options.TimeProvider = _time);
        var limit = new CallOptions { CommandTimeout = TimeSpan.FromSeconds(1) };
        await using (var items = pool.StreamAsync("endless", options: limit).GetAsyncEnumerator(Token))
        {
            Assert.True(await items.MoveNextAsync());
            await pool.UntilExistsAsync("yielded1000");
            _time.Advance(Long);

            Assert.Equal(0, pool.Free());
            for (var number = 1; number < 5_000; number++)
            {
                Assert.True(await items.MoveNextAsync());
                Assert.Equal(number, items.Current);
            }
        }

        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task A_command_that_keeps_its_reader_waiting_too_long_is_ended()
    {
        await using var pool = await StreamPool.StartAsync(options => options.TimeProvider = _time);
        var pid = await pool.PidAsync();
        var limit = new CallOptions { CommandTimeout = TimeSpan.FromSeconds(1), TimeoutAction = TimeoutAction.Interrupt, CancelGrace = TimeSpan.Zero };
        await using var items = pool.StreamAsync("then_sleep", new { count = 1, folder = pool.PathOf(".") }, limit).GetAsyncEnumerator(Token);
        Assert.True(await items.MoveNextAsync());
        _time.Advance(Long);

        var next = items.MoveNextAsync();
        await pool.UntilExistsAsync("sleeping");
        _time.Advance(TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<CommandTimeoutException>(async () => await next);
        Assert.Contains("CommandTimeout", failure.Message, StringComparison.Ordinal);
        Assert.True(pool.Exists("closed"));
        Assert.Equal(pid, await pool.PidAsync());
    }
}
