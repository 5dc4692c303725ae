using Microsoft.Extensions.Time.Testing;
using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>A checkout that lets calls wait in workers.</summary>
public sealed class PrefetchingCheckoutTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Checkout<ScriptedWorker> _checkout;
    private int _lastNumber;
    private int _size = 1;

    public PrefetchingCheckoutTests() =>
        _checkout = new Checkout<ScriptedWorker>(_time, () => { }) { Prefetch = 2, FewestPlaces = () => _size };

    [Fact]
    public void Calls_wait_in_the_worker_that_has_fewest_once_none_is_free()
    {
        var (first, second) = (Add(), Add());

        Assert.Equal([second, first, second, first, second, first], Enumerable.Range(0, 6).Select(_ => _checkout.TryTake()));
        Assert.Null(_checkout.TryTake());
    }

    [Fact]
    public void No_call_waits_in_a_worker_while_fewer_run_than_should()
    {
        _size = 2;
        Add();
        _checkout.TryTake();

        Assert.Null(_checkout.TryTake());
        Add();
        Assert.NotNull(_checkout.TryTake());
        Assert.NotNull(_checkout.TryTake());
    }

    [Fact]
    public void No_call_waits_in_a_worker_that_could_not_tell_which_it_has_started()
    {
        Add(canPrefetch: false);
        _checkout.TryTake();

        Assert.Null(_checkout.TryTake());
    }

    [Fact]
    public void No_call_waits_behind_one_that_has_its_worker_for_itself_and_that_one_waits_behind_none()
    {
        var worker = Add();
        Assert.Same(worker, _checkout.TryTake(alone: true));
        Assert.Null(_checkout.TryTake());

        _checkout.Return(worker);
        Assert.Same(worker, _checkout.TryTake());
        Assert.Null(_checkout.TryTake(alone: true));
    }

    [Fact]
    public async Task Nobody_overtakes_a_caller_who_waits_for_a_worker_for_himself_and_when_he_leaves_those_behind_him_are_served()
    {
        var worker = Add();
        _checkout.TryTake();
        using var cancellation = new CancellationTokenSource();
        var alone = TakeAsync(alone: true, cancellationToken: cancellation.Token);
        var (second, third) = (TakeAsync(), TakeAsync());
        Assert.Null(_checkout.TryTake());
        Assert.Equal(3, _checkout.Count().Waiting);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        Assert.Equal([worker, worker], await Task.WhenAll(second, third));
    }

    [Fact]
    public async Task Those_behind_a_caller_whose_time_is_over_are_served()
    {
        var worker = Add();
        _checkout.TryTake();
        var alone = TakeAsync(alone: true, timeout: TimeSpan.FromSeconds(1));
        var second = TakeAsync();

        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => alone);
        Assert.Same(worker, await second);
    }

    [Fact]
    public async Task A_caller_whose_worker_was_lost_keeps_his_place_and_is_not_refused()
    {
        var checkout = new Checkout<ScriptedWorker>(_time, () => { }) { Prefetch = 2, QueueLimit = 2 };
        var came = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = checkout.TakeAsync(Timeout.InfiniteTimeSpan, _ => new TimeoutException(), CancellationToken.None).AsTask();
        var later = checkout.TakeAsync(Timeout.InfiniteTimeSpan, _ => new TimeoutException(), CancellationToken.None).AsTask();
        var again = checkout.TakeAsync(TimeSpan.FromSeconds(5), _ => new TimeoutException(), CancellationToken.None, came: came + 1).AsTask();
        var first = checkout.TakeAsync(TimeSpan.FromSeconds(3), _ => new TimeoutException(), CancellationToken.None, came: came).AsTask();

        _time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        var slot = checkout.TryReserve(1, generation: 0)!;
        Assert.True(checkout.TryFill(slot, new ScriptedWorker(1) { CanPrefetch = false }));

        Assert.Same(slot, await again);
        Assert.False(late.IsCompleted);
        checkout.Close(() => new ObjectDisposedException("the pool"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => later);
    }

    private Task<Slot<ScriptedWorker>> TakeAsync(bool alone = false, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _checkout.TakeAsync(timeout ?? Timeout.InfiniteTimeSpan, _ => new TimeoutException(), cancellationToken, alone).AsTask();

    private Slot<ScriptedWorker> Add(bool canPrefetch = true)
    {
        var slot = _checkout.TryReserve(10, generation: 0)!;
        _checkout.TryFill(slot, new ScriptedWorker(++_lastNumber) { CanPrefetch = canPrefetch });
        return slot;
    }
}
