using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>How a pool begins to stop, with the workers in the test's hand.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Free_workers_are_asked_to_leave_at_once_and_busy_ones_when_they_come_back()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 3 });
        pool.Settle();
        var busy = await pool.TakeAsync();
        Assert.Equal(3, busy.Worker!.Number);

        await pool.Supervisor.DrainAsync(() => new InvalidOperationException("stopping"));
        Assert.Equal([1, 1, 0], pool.Started.Select(worker => worker.Stops));
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.TakeAsync());

        pool.Supervisor.Return(busy);
        Assert.Equal([1, 1, 1], pool.Started.Select(worker => worker.Stops));
        Assert.Equal(0, pool.Counts.Slots);
    }

    [Fact]
    public async Task What_is_being_started_is_given_up_and_nothing_is_started_any_more()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 2 });
        pool.Settle();
        var start = new TaskCompletionSource<ScriptedWorker>();
        pool.OnStart = () => start.Task;
        pool.Started[0].Die();
        pool.Settle();
        Assert.Equal(1, pool.Counts.Starting);

        await pool.Supervisor.DrainAsync(() => new InvalidOperationException("stopping"));
        start.SetResult(pool.NewWorker());
        pool.Settle();

        Assert.Equal(0, pool.Counts.Slots);
        Assert.All(pool.Started[1..], worker => Assert.Equal(1, worker.Stops));
    }

    [Fact]
    public async Task A_roll_is_given_up()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, Overflow = 0 });
        pool.Settle();
        var busy = await pool.TakeAsync();
        var rolling = pool.Supervisor.RecycleAsync(CancellationToken.None);
        Assert.False(rolling.IsCompleted);

        await pool.Supervisor.DrainAsync(() => new InvalidOperationException("stopping"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rolling);

        pool.Supervisor.Return(busy);
        Assert.Equal(0, pool.Counts.Slots);
    }
}
