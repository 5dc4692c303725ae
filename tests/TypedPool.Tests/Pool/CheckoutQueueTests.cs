using Microsoft.Extensions.Time.Testing;
using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

public sealed class CheckoutQueueTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly CheckoutQueue<string> _queue;

    public CheckoutQueueTests() => _queue = new CheckoutQueue<string>(_time);

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_came_back_last_goes_out_first()
    {
        _queue.Return("a");
        _queue.Return("b");

        Assert.Equal("b", await TakeAsync());
        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task Callers_are_served_in_the_order_in_which_they_came()
    {
        var waiting = Enumerable.Range(0, 5).Select(_ => TakeAsync().AsTask()).ToArray();
        Assert.Equal(5, _queue.Waiting);
        for (var i = 0; i < waiting.Length; i++)
        {
            _queue.Return($"item {i}");
        }

        Assert.Equal(["item 0", "item 1", "item 2", "item 3", "item 4"], await Task.WhenAll(waiting));
        Assert.Equal(0, _queue.Free);
    }

    [Fact]
    public async Task A_caller_waits_as_long_as_it_said_and_no_longer()
    {
        var waiting = TakeAsync().AsTask();
        _time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.Equal(0, _queue.Waiting);
    }

    [Fact]
    public async Task What_comes_back_after_a_caller_has_left_is_not_lost()
    {
        using var cancellation = new CancellationTokenSource();
        var leaving = _queue.TakeAsync(Second, () => new TimeoutException(), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        _queue.Return("a");

        Assert.Equal(1, _queue.Free);
        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task A_caller_in_the_middle_may_leave()
    {
        using var cancellation = new CancellationTokenSource();
        var first = TakeAsync().AsTask();
        var leaving = _queue.TakeAsync(Second, () => new TimeoutException(), cancellation.Token).AsTask();
        var last = TakeAsync().AsTask();
        await cancellation.CancelAsync();

        _queue.Return("a");
        _queue.Return("b");

        Assert.Equal(("a", "b"), (await first, await last));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
    }

    [Fact]
    public async Task Closing_sends_away_who_waits_and_who_comes()
    {
        var waiting = TakeAsync().AsTask();
        _queue.Close(() => new InvalidOperationException("closed"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await TakeAsync());
    }

    [Fact]
    public async Task A_removed_item_is_not_handed_out()
    {
        _queue.Return("a");
        _queue.Return("b");

        Assert.True(_queue.Remove("b"));
        Assert.False(_queue.Remove("b"));
        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task Under_load_with_callers_leaving_nothing_is_lost_or_handed_out_twice()
    {
        const int Items = 3;
        const int Callers = 64;
        const int Rounds = 300;
        var out_ = new int[Items];
        var queue = new CheckoutQueue<Box>(TimeProvider.System);
        for (var i = 0; i < Items; i++)
        {
            queue.Return(new Box(i));
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(
            async () =>
            {
                var random = new Random(caller);
                for (var round = 0; round < Rounds; round++)
                {
                    using var cancellation = new CancellationTokenSource();
                    var taking = queue.TakeAsync(Timeout.InfiniteTimeSpan, () => new TimeoutException(), cancellation.Token).AsTask();
                    if (random.Next(3) == 0)
                    {
                        await cancellation.CancelAsync();
                    }

                    try
                    {
                        var box = await taking;
                        Assert.Equal(1, Interlocked.Increment(ref out_[box.Number]));
                        await Task.Yield();
                        Interlocked.Decrement(ref out_[box.Number]);
                        queue.Return(box);
                    }
                    catch (OperationCanceledException)
                    {
                        // It left before it was served.
                    }
                }
            },
            TestToken)));

        Assert.Equal((Items, 0), (queue.Free, queue.Waiting));
    }

    private ValueTask<string> TakeAsync() => _queue.TakeAsync(Second, () => new TimeoutException(), TestToken);

    private sealed record Box(int Number);
}
