using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>The supervisor's own loop, which the other tests take into their hands.</summary>
public sealed class SupervisorLoopTests
{
    [Fact]
    public async Task An_error_in_the_loop_is_told_and_survived()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, MaxMemoryBytes = 1 });
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new ScriptedWorker(1) { Looked = () => throw new InvalidTimeZoneException("no figure") };
        var starts = 0;
        pool.OnStart = () =>
        {
            if (++starts == 1)
            {
                return Task.FromResult(first);
            }

            second.SetResult();
            return Task.FromResult(pool.NewWorker());
        };

        pool.Supervisor.Start();

        Assert.Equal("no figure", (await pool.Events.Fault.Task).Message);
        first.Die();
        await second.Task;
        await pool.Supervisor.StopAsync(TimeSpan.Zero, CancellationToken.None);
    }

    [Fact]
    public async Task When_a_change_has_completed_the_places_of_those_that_left_are_free()
    {
        var pool = new ScriptedPool(new SupervisorSettings { Size = 1, Overflow = 0 });
        pool.OnStart = () => Task.FromResult(new ScriptedWorker(1, TaskCreationOptions.RunContinuationsAsynchronously));
        pool.Events.OnEnded = static () =>
        {
            // Whoever does not wait for this has every occasion to be first.
            for (var turn = 0; turn < 50; turn++)
            {
                Thread.Yield();
            }
        };
        pool.Settle();

        for (var round = 0; round < 200; round++)
        {
            await pool.Supervisor.ResizeAsync(3, CancellationToken.None);
            await pool.Supervisor.ResizeAsync(1, CancellationToken.None);
            Assert.Equal(1, pool.Counts.Slots);
            await pool.Supervisor.RecycleAsync(CancellationToken.None);
            Assert.Equal((1, 0), (pool.Counts.Slots, pool.Counts.Replacing));
        }
    }
}
