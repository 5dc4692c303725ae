using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>How long callers wait, whatever the others do: one timer looks after as many as it can.</summary>
public sealed class CheckoutClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CountingTime _time = new();
    private readonly Checkout<ScriptedWorker> _checkout;

    public CheckoutClockTests() => _checkout = new Checkout<ScriptedWorker>(_time, () => { });

    [Fact]
    public async Task Callers_who_wait_equally_long_share_one_timer_and_each_leaves_in_his_time()
    {
        var first = TakeAsync(10);
        _time.Advance(4 * Second);
        var second = TakeAsync(10);
        var third = TakeAsync(10);
        Assert.Equal(1, _time.Timers);

        _time.Advance(6 * Second);
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        _time.Advance((4 * Second) - TimeSpan.FromTicks(1));
        Assert.False(second.IsCompleted || third.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        await Assert.ThrowsAsync<TimeoutException>(() => third);
        Assert.Equal(1, _time.Timers);
    }

    [Fact]
    public async Task Who_must_leave_before_somebody_in_front_of_him_leaves_in_his_time()
    {
        var patient = TakeAsync(10);
        var hurried = TakeAsync(1);

        _time.Advance(Second);

        Assert.Equal("00:00:01", (await Assert.ThrowsAsync<TimeoutException>(() => hurried)).Message);
        Assert.False(patient.IsCompleted);
        Assert.Equal(1, _time.Timers);
    }

    [Fact]
    public async Task A_clock_that_was_set_for_somebody_who_has_been_served_does_not_let_the_next_one_wait_longer()
    {
        var served = TakeAsync(10);
        _checkout.TryFill(_checkout.TryReserve(1, generation: 0)!, new ScriptedWorker(1));
        await served;

        var hurried = TakeAsync(1);
        _time.Advance(Second);

        await Assert.ThrowsAsync<TimeoutException>(() => hurried);
    }

    [Fact]
    public async Task Nothing_is_left_of_the_clock_when_the_checkout_is_closed()
    {
        Task[] waiting = [TakeAsync(10), TakeAsync(1), TakeAsync(10)];
        Assert.Equal(2, _time.Timers);

        _checkout.Close(() => new ObjectDisposedException("the pool"));

        await Task.WhenAll(waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.All(waiting, each => Assert.IsType<ObjectDisposedException>(each.Exception!.InnerException));
        Assert.Equal(0, _time.Timers);
    }

    /// <summary>A number above zero is a caller who waits so many seconds; zero serves the first one; below zero time passes.</summary>
    [Fact]
    public void Every_caller_leaves_at_his_time_whoever_came_before_and_was_served_meanwhile() =>
        Gen.Int[-3, 8].Array[1, 60].Sample(
            steps =>
            {
                var time = new CountingTime();
                var checkout = new Checkout<ScriptedWorker>(time, () => { });
                var waiting = new List<(long Leaves, Task<Slot<ScriptedWorker>> Task)>();
                foreach (var step in steps)
                {
                    if (step > 0)
                    {
                        waiting.Add((Now() + step, checkout.TakeAsync(step * Second, _ => new TimeoutException(), CancellationToken.None).AsTask()));
                    }
                    else if (step == 0 && waiting.Count > 0)
                    {
                        checkout.TryFill(checkout.TryReserve(int.MaxValue, generation: 0)!, new ScriptedWorker(1));
                        Assert.True(Settled(waiting[0].Task).IsCompletedSuccessfully);
                        waiting.RemoveAt(0);
                    }
                    else
                    {
                        time.Advance(-step * Second);
                        Assert.All(waiting.Where(each => each.Leaves <= Now()), late => Assert.IsType<TimeoutException>(Settled(late.Task).Exception!.InnerException));
                        waiting.RemoveAll(each => each.Leaves <= Now());
                    }

                    Assert.All(waiting, each => Assert.False(each.Task.IsCompleted));
                    Assert.Equal(waiting.Count, checkout.Count().Waiting);
                }

                checkout.Close(() => new ObjectDisposedException("the pool"));
                Assert.Equal(0, time.Timers);

                long Now() => (long)(time.GetUtcNow() - time.Start).TotalSeconds;
            },
            iter: 300);

    /// <summary>Whoever is served or sent away goes on on another thread.</summary>
    private static Task<Slot<ScriptedWorker>> Settled(Task<Slot<ScriptedWorker>> task)
    {
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        return task;
    }

    private Task<Slot<ScriptedWorker>> TakeAsync(int seconds) =>
        _checkout.TakeAsync(seconds * Second, timeout => new TimeoutException($"{timeout}"), CancellationToken.None).AsTask();

    /// <summary>Knows how many timers there are that were not disposed.</summary>
    private sealed class CountingTime : FakeTimeProvider
    {
        private int _timers;

        internal int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class CountedTimer(CountingTime time, ITimer timer) : ITimer
        {
            private int _isDisposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                {
                    Interlocked.Decrement(ref time._timers);
                    timer.Dispose();
                }
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
