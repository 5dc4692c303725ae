using Microsoft.Extensions.Time.Testing;
using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

public sealed class CheckoutTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly Checkout<ScriptedWorker> _checkout;
    private int _lastNumber;

    public CheckoutTests() => _checkout = new Checkout<ScriptedWorker>(_time, () => { });

    [Fact]
    public async Task What_came_back_last_goes_out_first()
    {
        var (first, second) = (Add(), Add());

        Assert.Same(second, await TakeAsync());
        Assert.Same(first, await TakeAsync());
    }

    [Fact]
    public async Task Callers_are_served_in_the_order_in_which_they_came()
    {
        var waiting = Enumerable.Range(0, 5).Select(_ => TakeAsync().AsTask()).ToArray();
        Assert.Equal(5, _checkout.Count().Waiting);

        var added = waiting.Select(_ => Add()).ToArray();

        Assert.Equal(added, await Task.WhenAll(waiting));
        Assert.Equal(0, _checkout.Count().Free);
    }

    [Fact]
    public async Task Who_waits_while_every_place_is_taken_wakes_nobody_and_the_first_place_given_up_does()
    {
        var wakes = 0;
        var checkout = new Checkout<ScriptedWorker>(_time, () => wakes++) { MostPlaces = () => 2 };
        checkout.TryReserve(2, generation: 0);
        var first = checkout.TakeAsync(Second, _ => new TimeoutException(), CancellationToken.None).AsTask();
        Assert.Equal(1, wakes);

        var place = checkout.TryReserve(2, generation: 0)!;
        var second = checkout.TakeAsync(Second, _ => new TimeoutException(), CancellationToken.None).AsTask();
        Assert.Equal(1, wakes);
        checkout.Remove(place);
        Assert.Equal(2, wakes);

        checkout.Close(() => new ObjectDisposedException("the pool"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
    }

    [Fact]
    public async Task A_caller_waits_as_long_as_it_said_and_no_longer()
    {
        var waiting = TakeAsync().AsTask();
        _time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.Equal(0, _checkout.Count().Waiting);
    }

    [Fact]
    public async Task What_comes_back_after_a_caller_has_left_is_not_lost()
    {
        var slot = Add();
        await TakeAsync();
        using var cancellation = new CancellationTokenSource();
        var leaving = _checkout.TakeAsync(Second, _ => new TimeoutException(), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        _checkout.Return(slot);

        Assert.Same(slot, await TakeAsync());
    }

    [Fact]
    public async Task A_caller_in_the_middle_may_leave()
    {
        using var cancellation = new CancellationTokenSource();
        var first = TakeAsync().AsTask();
        var leaving = _checkout.TakeAsync(Second, _ => new TimeoutException(), cancellation.Token).AsTask();
        var last = TakeAsync().AsTask();
        await cancellation.CancelAsync();

        var (a, b) = (Add(), Add());

        Assert.Equal((a, b), (await first, await last));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
    }

    [Fact]
    public async Task Closing_sends_away_who_waits_and_who_comes_and_takes_no_more_workers()
    {
        var waiting = TakeAsync().AsTask();
        var starting = _checkout.TryReserve(10, 0)!;
        _checkout.Close(() => new InvalidOperationException("closed"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await TakeAsync());
        Assert.Null(_checkout.TryReserve(10, 0));
        Assert.False(_checkout.TryFill(starting, new ScriptedWorker(1)));
    }

    [Fact]
    public async Task A_worker_that_died_while_it_was_free_is_passed_over()
    {
        var alive = Add();
        Add().Worker!.Die();

        Assert.Same(alive, await TakeAsync());
        Assert.Equal((0, 1), (_checkout.Count().Free, _checkout.Count().Leaving));
    }

    [Fact]
    public void Places_are_counted_from_the_reservation_to_the_end()
    {
        var first = _checkout.TryReserve(2, 0)!;
        var second = _checkout.TryReserve(2, 0)!;
        Assert.Null(_checkout.TryReserve(2, 0));

        _checkout.Remove(first);
        Assert.NotNull(_checkout.TryReserve(2, 0));
        Assert.Equal(2, _checkout.Count().Starting);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task Under_load_with_callers_leaving_no_worker_is_lost_or_handed_out_twice()
    {
        const int Workers = 3;
        const int Callers = 64;
        const int Rounds = 300;
        var checkout = new Checkout<ScriptedWorker>(TimeProvider.System, () => { });
        for (var i = 0; i < Workers; i++)
        {
            checkout.TryFill(checkout.TryReserve(Workers, 0)!, new ScriptedWorker(i));
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            for (var round = 0; round < Rounds; round++)
            {
                using var cancellation = new CancellationTokenSource();
                var taking = checkout.TakeAsync(Timeout.InfiniteTimeSpan, _ => new TimeoutException(), cancellation.Token).AsTask();
                if (random.Next(3) == 0)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    var slot = await taking;
                    Assert.Equal(1, slot.Worker!.Enter());
                    await Task.Yield();
                    slot.Worker.Leave();
                    checkout.Return(slot);
                }
                catch (OperationCanceledException)
                {
                    // It left before it was served.
                }
            }
        })));

        Assert.Equal((Workers, 0), (checkout.Count().Free, checkout.Count().Waiting));
    }

    [Fact]
    public async Task Callers_are_not_sent_away_while_a_worker_runs_and_no_more_when_one_is_ready()
    {
        var worker = Add();
        _checkout.BreakUnlessOneRuns(() => new TimeZoneNotFoundException());
        Assert.Same(worker, _checkout.TryTake());
        _checkout.BreakUnlessOneRuns(() => new TimeZoneNotFoundException());
        _checkout.Return(worker);
        Assert.Same(worker, _checkout.TryTake());

        _checkout.Remove(worker);
        _checkout.BreakUnlessOneRuns(() => new TimeZoneNotFoundException());
        Assert.Null(_checkout.TryTake());
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () => await TakeAsync());

        worker = Add();
        Assert.Same(worker, await TakeAsync());
    }

    private Slot<ScriptedWorker> Add()
    {
        var slot = _checkout.TryReserve(int.MaxValue, 0)!;
        Assert.True(_checkout.TryFill(slot, new ScriptedWorker(++_lastNumber)));
        return slot;
    }

    private ValueTask<Slot<ScriptedWorker>> TakeAsync() =>
        _checkout.TakeAsync(Second, _ => new TimeoutException(), TestContext.Current.CancellationToken);
}
