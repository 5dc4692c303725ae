using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>How many workers there are while workers are replaced, with the clock and the workers in the test's hand.</summary>
public sealed class ReplacementTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(19, 5, 1)]
    [InlineData(30, 5, 3)]
    [InlineData(30, 1, 2)]
    [InlineData(30, 0, 1)]
    public void One_worker_or_a_tenth_is_replaced_at_a_time_and_one_at_most_runs_above_size_and_overflow(int size, int overflow, int atATime)
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = size, Overflow = overflow, MaxAge = Age });
        pool.Settle();
        var starts = new List<TaskCompletionSource<ScriptedWorker>>();
        pool.OnStart = () =>
        {
            starts.Add(new TaskCompletionSource<ScriptedWorker>());
            return starts[^1].Task;
        };

        pool.Advance(Age);

        for (var replaced = 0; replaced < size; replaced++)
        {
            Assert.Equal((size, Math.Min(atATime, size - replaced)), (pool.Counts.Free, pool.Counts.Starting));
            starts[replaced].SetResult(pool.NewWorker());
            pool.Settle();
        }

        Assert.Equal((size, size), (pool.Counts.Slots, starts.Count));
        Assert.All(pool.Started[..size], worker => Assert.Equal(1, worker.Stops));
    }

    [Fact]
    public void A_worker_is_being_replaced_until_it_has_gone()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 2, Overflow = 2, MaxAge = Age });
        pool.Settle();
        pool.Started[0].Lingers = true;

        pool.Advance(Age);
        Assert.Equal((2, 1, 3), (pool.Counts.Free, pool.Counts.Leaving, pool.Started.Count));

        pool.Started[0].Die();
        pool.Settle();
        Assert.Equal((2, 0, 4), (pool.Counts.Free, pool.Counts.Leaving, pool.Started.Count));
        Assert.Equal(["1: age", "2: age"], pool.Events.Replaced);
    }

    [Fact]
    public async Task Where_there_is_no_place_for_a_successor_the_old_worker_serves_on()
    {
        // A worker that was killed, and of which something is left, has the one place above the size.
        var pool = new ScriptedPool(new SupervisorSettings { Size = 2, Overflow = 0, MaxAge = Age });
        pool.Settle();
        pool.Started[0].Lingers = true;
        pool.Advance(Age);
        Assert.Equal((2, 1), (pool.Counts.Free, pool.Counts.Leaving));

        var rolling = pool.Supervisor.RecycleAsync(CancellationToken.None);
        pool.Settle();
        Assert.Equal((3, 2), (pool.Counts.Slots, pool.Counts.Free));
        Assert.All(pool.Started[1..], worker => Assert.Equal(0, worker.Stops));

        pool.Started[0].Die();
        await rolling;
        pool.Settle();
        Assert.Equal((2, 2), (pool.Counts.Slots, pool.Counts.Free));
    }

    [Fact]
    public async Task Rolling_while_workers_are_replaced_by_limits_replaces_no_more_at_a_time()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3, Overflow = 2, MaxAge = Age });
        pool.Settle();
        var start = new TaskCompletionSource<ScriptedWorker>();
        pool.OnStart = () => start.Task;
        pool.Advance(Age);
        Assert.Equal(1, pool.Counts.Starting);

        var rolling = pool.Supervisor.RecycleAsync(CancellationToken.None);
        Assert.Equal(1, pool.Counts.Starting);

        pool.OnStart = null;
        start.SetResult(pool.NewWorker());
        await rolling;
        Assert.Equal(3, pool.Counts.Free);
    }

    [Fact]
    public async Task Rolling_replaces_also_what_was_being_started_when_it_began()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 2 });
        var start = new TaskCompletionSource<ScriptedWorker>();
        pool.OnStart = () =>
        {
            pool.OnStart = null;
            return start.Task;
        };
        pool.Settle();
        Assert.Equal((1, 1), (pool.Counts.Free, pool.Counts.Starting));

        var rolling = pool.Supervisor.RecycleAsync(CancellationToken.None);
        var late = pool.NewWorker();
        start.SetResult(late);
        await rolling;

        Assert.Equal((2, 2), (pool.Counts.Slots, pool.Counts.Free));
        Assert.Equal((1, 1), (pool.Started[0].Stops, late.Stops));
    }

    [Fact]
    public async Task Rolling_ends_with_the_first_start_that_fails_and_tries_no_other()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3 });
        pool.Settle();
        var tries = 0;
        pool.OnStart = () =>
        {
            tries++;
            return Task.FromException<ScriptedWorker>(new TimeZoneNotFoundException("refused"));
        };

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => pool.Supervisor.RecycleAsync(CancellationToken.None));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Rolling_that_fails_gives_up_what_else_it_is_just_starting()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 20, Overflow = 1 });
        pool.Settle();
        var starts = new List<TaskCompletionSource<ScriptedWorker>>();
        pool.OnStart = () =>
        {
            starts.Add(new TaskCompletionSource<ScriptedWorker>());
            return starts[^1].Task;
        };
        var rolling = pool.Supervisor.RecycleAsync(CancellationToken.None);
        Assert.Equal(2, starts.Count);

        starts[0].SetException(new TimeZoneNotFoundException("refused"));

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => rolling);
        Assert.True(pool.LastStart.IsCancellationRequested);
        starts[1].SetCanceled(pool.LastStart);
        Assert.Equal((20, 20, 1), (pool.Counts.Slots, pool.Counts.Free, pool.Supervisor.Failures));
    }

    [Fact]
    public void Workers_above_the_memory_limit_are_replaced_one_after_the_other_without_being_looked_at_again()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3, MaxMemoryBytes = 1000, Jitter = () => 1 });
        pool.Settle();
        pool.Started[0].Lingers = true;
        pool.Started[0].ResidentBytes = 901;
        pool.Started[1].ResidentBytes = 900;
        pool.Started[2].ResidentBytes = 5000;
        pool.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["1: memory"], pool.Events.Replaced);

        pool.Started[0].Die();
        pool.Settle();
        Assert.Equal(["1: memory", "3: memory"], pool.Events.Replaced);
    }

    [Fact]
    public async Task A_worker_that_crashes_while_its_successor_starts_is_not_taken_for_one_that_left()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, MaxCalls = 1 });
        pool.Settle();
        var start = new TaskCompletionSource<ScriptedWorker>();
        pool.OnStart = () => start.Task;
        pool.Supervisor.Return(await pool.TakeAsync());
        pool.Settle();

        pool.Started[0].Die();
        pool.OnStart = null;
        start.SetResult(pool.NewWorker());
        pool.Settle();

        Assert.Equal((1, 0), (pool.Counts.Free, pool.Started[0].Stops));
        Assert.Equal(["1 is lost"], pool.Events.Ends);
    }
}
