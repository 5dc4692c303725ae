using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>What the supervisor does, each time with the clock and the workers in the test's hand.</summary>
public sealed class PoolSupervisorTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void As_many_workers_as_the_size_says_are_kept()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3 });

        pool.Settle();
        Assert.Equal(3, pool.Counts.Free);

        pool.Started[1].Die();
        pool.Settle();
        Assert.Equal((3, 4), (pool.Counts.Free, pool.Started.Count));
    }

    [Fact]
    public async Task A_lazy_pool_starts_a_worker_when_a_caller_waits_for_one()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3, IsLazy = true });
        pool.Settle();
        Assert.Empty(pool.Started);

        var take = pool.TakeAsync();
        pool.Settle();

        Assert.Equal(1, (await take).Worker!.Number);
        Assert.Single(pool.Started);
    }

    [Fact]
    public async Task Under_load_more_workers_are_started_once_a_caller_has_waited_and_leave_when_idle()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, Overflow = 2, OverflowDelay = 40 * Millisecond, OverflowIdleTime = 1000 * Millisecond });
        pool.Settle();
        var first = await pool.TakeAsync();
        var waiting = Enumerable.Range(0, 5).Select(_ => pool.TakeAsync()).ToList();
        pool.Advance(39 * Millisecond);
        Assert.Single(pool.Started);

        pool.Advance(Millisecond);
        Assert.Equal((3, 3), (pool.Started.Count, pool.Counts.Waiting));
        pool.Advance(1000 * Millisecond);
        Assert.Equal(3, pool.Started.Count);

        var second = await waiting[0];
        var third = await waiting[1];
        foreach (var slot in (Slot<ScriptedWorker>[])[first, second, third])
        {
            pool.Supervisor.Return(slot);
        }

        foreach (var task in waiting[2..])
        {
            pool.Supervisor.Return(await task);
        }

        pool.Advance(999 * Millisecond);
        Assert.Equal(3, pool.Counts.Free);
        pool.Advance(Millisecond);
        Assert.Equal((1, 0), (pool.Counts.Free, pool.Counts.Leaving));
        Assert.Equal(2, pool.Started.Count(worker => worker.Stops == 1));
    }

    [Fact]
    public async Task Without_overflow_no_more_workers_are_started_however_long_callers_wait()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, Overflow = 0 });
        pool.Settle();
        await pool.TakeAsync();
        _ = pool.TakeAsync();

        pool.Advance(TimeSpan.FromSeconds(9));

        Assert.Single(pool.Started);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1 }, queueLimit: 2);
        pool.Settle();
        await pool.TakeAsync();
        _ = pool.TakeAsync();
        _ = pool.TakeAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.TakeAsync());
        Assert.Equal(2, pool.Counts.Waiting);
    }

    [Fact]
    public async Task Failed_starts_back_off_break_the_pool_and_a_probe_mends_it()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3, BrokenAfter = 2, Backoff = failures => failures * 1000 * Millisecond })
        {
            OnStart = () => Task.FromException<ScriptedWorker>(new TimeZoneNotFoundException("no start")),
        };
        pool.Settle();
        Assert.Equal([1, 2, 3], pool.Events.Failures);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.TakeAsync());

        pool.Advance(2999 * Millisecond);
        Assert.Equal(3, pool.Events.Failures.Count);
        pool.Advance(Millisecond);
        Assert.Equal([1, 2, 3, 4], pool.Events.Failures);

        pool.OnStart = null;
        pool.Advance(4000 * Millisecond);
        Assert.Equal(3, pool.Counts.Free);
        await pool.TakeAsync();
    }

    [Fact]
    public async Task A_broken_pool_sends_those_away_who_wait()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, BrokenAfter = 2, Backoff = _ => Millisecond });
        pool.OnStart = () => Task.FromException<ScriptedWorker>(new TimeZoneNotFoundException("no start"));
        var waiting = pool.TakeAsync();
        pool.Settle();
        Assert.False(waiting.IsCompleted);

        pool.Advance(Millisecond);

        Assert.IsType<TimeZoneNotFoundException>((await Assert.ThrowsAsync<InvalidOperationException>(() => waiting)).InnerException);
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_calls_and_its_successor_is_ready_before_it_leaves()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, Overflow = 0, MaxCalls = 2 });
        pool.Settle();
        var start = new TaskCompletionSource<ScriptedWorker>();
        pool.OnStart = () => start.Task;
        pool.Supervisor.Return(await pool.TakeAsync());
        pool.Settle();
        Assert.Equal(1, pool.Counts.Slots);
        pool.Supervisor.Return(await pool.TakeAsync());
        pool.Settle();

        // The old one serves on while the new one starts.
        Assert.Equal((1, 1), (pool.Counts.Free, pool.Counts.Starting));
        var old = await pool.TakeAsync();
        Assert.Equal(1, old.Worker!.Number);
        start.SetResult(pool.NewWorker());
        pool.Settle();
        Assert.Equal((1, 1), (pool.Counts.Free, pool.Counts.Busy));
        Assert.Equal(0, old.Worker.Stops);

        pool.Supervisor.Return(old);
        pool.Settle();
        Assert.Equal(1, old.Worker.Stops);
        Assert.Equal(2, (await pool.TakeAsync()).Worker!.Number);
        Assert.Equal(["1: calls"], pool.Events.Replaced);
    }

    [Fact]
    public void A_worker_is_replaced_at_its_age_one_at_a_time()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3, MaxAge = TimeSpan.FromMinutes(10) });
        pool.Settle();
        var starts = new Queue<TaskCompletionSource<ScriptedWorker>>();
        pool.OnStart = () =>
        {
            starts.Enqueue(new TaskCompletionSource<ScriptedWorker>());
            return starts.Last().Task;
        };
        pool.Advance(TimeSpan.FromMinutes(10) - Millisecond);
        Assert.Empty(starts);
        pool.Advance(Millisecond);

        for (var replaced = 1; replaced <= 3; replaced++)
        {
            Assert.Equal((3, 1), (pool.Counts.Free, pool.Counts.Starting));
            starts.Dequeue().SetResult(pool.NewWorker());
            pool.Settle();
            Assert.Equal(replaced, pool.Started.Count(worker => worker.Stops == 1));
        }

        Assert.Equal((3, 0), (pool.Counts.Free, pool.Counts.Starting));
    }

    [Fact]
    public void A_worker_that_occupies_too_much_memory_is_replaced_when_it_is_looked_at()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 2, MaxMemoryBytes = 1000, HealthInterval = TimeSpan.FromSeconds(30) });
        pool.Settle();
        pool.Started[0].ResidentBytes = 1001;
        pool.Started[1].ResidentBytes = 1000;
        pool.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(["1: memory"], pool.Events.Replaced);
        Assert.Equal((1, 0), (pool.Started[0].Stops, pool.Started[1].Stops));
        Assert.Equal(2, pool.Counts.Free);
    }

    [Fact]
    public async Task Rolling_to_new_code_replaces_every_worker_and_fails_no_call()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3, Overflow = 0 });
        pool.Settle();
        var busy = await pool.TakeAsync();

        var rolling = pool.Supervisor.RecycleAsync(CancellationToken.None);
        pool.Settle();
        Assert.False(rolling.IsCompleted);
        Assert.Equal((3, 1), (pool.Counts.Free, pool.Counts.Busy));
        pool.Supervisor.Return(busy);
        await rolling;

        Assert.Equal((3, 3), (pool.Counts.Slots, pool.Counts.Free));
        Assert.All(pool.Started[..3], worker => Assert.Equal(1, worker.Stops));
        Assert.All(pool.Started[3..], worker => Assert.Equal(0, worker.Stops));
    }

    [Fact]
    public async Task Rolling_to_code_that_does_not_start_keeps_the_old_workers_and_throws()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 2 });
        pool.Settle();
        pool.OnStart = () => Task.FromException<ScriptedWorker>(new TimeZoneNotFoundException("refused"));

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => pool.Supervisor.RecycleAsync(CancellationToken.None));
        pool.Settle();

        Assert.Equal(2, pool.Counts.Free);
        Assert.All(pool.Started, worker => Assert.Equal(0, worker.Stops));
    }

    [Fact]
    public async Task The_size_can_grow_and_shrink_without_failing_a_call()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, Overflow = 0 });
        pool.Settle();

        await pool.Supervisor.ResizeAsync(4, CancellationToken.None);
        Assert.Equal(4, pool.Counts.Free);

        var busy = await pool.TakeAsync();
        await pool.Supervisor.ResizeAsync(2, CancellationToken.None);
        pool.Settle();
        Assert.Equal((1, 1), (pool.Counts.Free, pool.Counts.Busy));
        pool.Supervisor.Return(busy);
        Assert.Equal(2, pool.Counts.Free);

        busy = await pool.TakeAsync();
        var other = await pool.TakeAsync();
        var shrinking = pool.Supervisor.ResizeAsync(1, CancellationToken.None);
        Assert.False(shrinking.IsCompleted);
        pool.Supervisor.Return(other);
        pool.Supervisor.Return(busy);
        await shrinking;
        pool.Settle();
        Assert.Equal((1, 1), (pool.Counts.Slots, pool.Counts.Free));
    }

    [Fact]
    public async Task A_change_of_size_waits_for_the_places_of_workers_that_are_still_leaving()
    {
        var pool = await ShrinkingAsync();

        var growing = pool.Supervisor.ResizeAsync(3, CancellationToken.None);
        pool.Settle();
        Assert.Equal((1, 2), (pool.Counts.Free, pool.Counts.Leaving));
        pool.Started[0].Die();
        pool.Settle();
        Assert.Equal((2, 1, false), (pool.Counts.Free, pool.Counts.Leaving, growing.IsCompleted));
        pool.Started[1].Die();
        pool.Settle();

        await growing;
        Assert.Equal((3, 3), (pool.Counts.Slots, pool.Counts.Free));
    }

    [Fact]
    public async Task A_change_of_size_that_has_waited_for_places_fails_with_the_start_that_fails_then()
    {
        var pool = await ShrinkingAsync();
        var growing = pool.Supervisor.ResizeAsync(3, CancellationToken.None);
        pool.OnStart = () => Task.FromException<ScriptedWorker>(new TimeZoneNotFoundException("refused"));

        pool.Started[0].Die();
        pool.Settle();

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => growing);
        Assert.Equal((1, 3), (pool.Counts.Free, pool.Supervisor.Size));
    }

    [Fact]
    public void A_start_that_has_failed_is_counted_before_its_place_is_free_so_that_the_next_one_waits()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1 });
        var starting = 0;
        pool.OnStart = () => Task.FromException<ScriptedWorker>(new TimeZoneNotFoundException("refused"));
        pool.Events.OnStartFailed = () => starting = pool.Counts.Starting;

        pool.Settle();

        Assert.Equal((1, 1, 0), (starting, pool.Supervisor.Failures, pool.Counts.Slots));
    }

    [Fact]
    public async Task A_worker_above_the_size_leaves_also_where_the_others_have_calls_all_the_time_and_room_for_more()
    {
        var settings = new SupervisorSettings { Size = 1, Overflow = 1, CallsPerWorker = 2, OverflowIdleTime = TimeSpan.FromSeconds(30) };
        var pool = new ScriptedPool(settings);
        pool.Settle();
        var calls = new Queue<Slot<ScriptedWorker>>([await pool.TakeAsync(), await pool.TakeAsync()]);
        var third = pool.TakeAsync();
        pool.Advance(settings.OverflowDelay);
        pool.Supervisor.Return(await third);
        Assert.Equal(2, pool.Counts.Alive);

        // From now on never without a call, and never more than one worker can have.
        for (var second = 0; second < 30; second++)
        {
            pool.Supervisor.Return(calls.Dequeue());
            calls.Enqueue(await pool.TakeAsync());
            pool.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((1, 2), (pool.Counts.Slots, pool.Counts.Calls));
        Assert.Equal(1, pool.Started[1].Stops);
    }

    [Fact]
    public async Task Stopping_ends_every_worker_also_one_that_was_just_being_started()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 2 });
        pool.Settle();
        var start = new TaskCompletionSource<ScriptedWorker>();
        pool.OnStart = () => start.Task;
        pool.Started[0].Die();
        pool.Settle();

        var stopping = pool.Supervisor.StopAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        start.SetResult(pool.NewWorker());
        await stopping;

        Assert.Equal(0, pool.Counts.Slots);
        Assert.All(pool.Started, worker => Assert.False(worker.IsUsable));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.TakeAsync());
    }

    [Fact]
    public async Task A_stop_waits_for_what_a_change_is_just_starting()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1 });
        pool.Settle();
        var starts = new List<TaskCompletionSource<ScriptedWorker>>();
        var stopping = Task.CompletedTask;
        pool.OnStart = () =>
        {
            starts.Add(new TaskCompletionSource<ScriptedWorker>());
            if (starts.Count == 2)
            {
                Drain(pool);
                stopping = pool.Supervisor.StopAsync(TimeSpan.Zero, CancellationToken.None);
                Assert.False(stopping.IsCompleted);
            }

            return starts[^1].Task;
        };

        var growing = pool.Supervisor.ResizeAsync(3, CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => growing);
        Assert.False(stopping.IsCompleted);
        starts.ForEach(start => start.SetResult(pool.NewWorker()));
        await stopping;
        Assert.Equal(0, pool.Counts.Slots);
        Assert.All(pool.Started, worker => Assert.False(worker.IsUsable));
    }

    /// <summary>In the middle of something that cannot wait.</summary>
    private static void Drain(ScriptedPool pool) =>
        pool.Supervisor.DrainAsync(static () => new ObjectDisposedException("the pool")).GetAwaiter().GetResult();

    /// <summary>A pool that was shrunk from three workers to one, whose two others still run.</summary>
    private static async Task<ScriptedPool> ShrinkingAsync()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3, Overflow = 0 });
        pool.Settle();
        pool.Started.ForEach(worker => worker.Lingers = true);
        using var patience = new CancellationTokenSource();
        var shrinking = pool.Supervisor.ResizeAsync(1, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shrinking);
        return pool;
    }
}
