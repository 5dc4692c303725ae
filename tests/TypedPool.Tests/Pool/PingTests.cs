using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>Free workers are asked for a sign of life, with the clock and the workers in the test's hand.</summary>
public sealed class PingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ScriptedPool _pool = new(new SupervisorSettings
    {
        Size = 2,
        Overflow = 0,
        HealthInterval = 30 * Second,
        HealthTimeout = 5 * Second,
    });

    public PingTests() => _pool.Settle();

    private int[] Pings => [.. _pool.Started.Select(worker => worker.Pings)];

    [Fact]
    public void A_free_worker_is_pinged_when_it_has_given_no_sign_of_life_for_the_interval()
    {
        _pool.Advance(29 * Second);
        Assert.Equal([0, 0], Pings);

        _pool.Advance(Second);
        Assert.Equal([1, 1], Pings);
        _pool.Advance(29 * Second);
        Assert.Equal([1, 1], Pings);

        _pool.Advance(Second);
        Assert.Equal([2, 2], Pings);
        Assert.Empty(_pool.Events.Pings);
    }

    [Fact]
    public async Task A_call_that_has_ended_is_a_sign_of_life_and_a_busy_worker_is_not_pinged()
    {
        var slot = await _pool.TakeAsync();
        Assert.Equal(2, slot.Worker!.Number);
        _pool.Advance(60 * Second);
        Assert.Equal([1, 0], Pings);

        _pool.Supervisor.Return(slot);
        _pool.Advance(29 * Second);
        Assert.Equal([1, 0], Pings);
        _pool.Advance(Second);
        Assert.Equal([2, 1], Pings);
    }

    [Fact]
    public void The_loop_comes_back_in_time_for_each_of_it()
    {
        Assert.Equal(30 * Second, _pool.Supervisor.Reconcile());
        _pool.Started[0].FallSilent();
        _pool.Time.Advance(30 * Second);
        Assert.Equal(5 * Second, _pool.Supervisor.Reconcile());
        _pool.Time.Advance(5 * Second);
        Assert.Equal(25 * Second, _pool.Supervisor.Reconcile());
    }

    [Fact]
    public async Task A_worker_that_does_not_answer_is_suspected_given_out_last_and_never_stopped()
    {
        _pool.Started[1].FallSilent();
        _pool.Advance(30 * Second);
        _pool.Advance(5 * Second - TimeSpan.FromTicks(1));
        Assert.Equal(0, _pool.Counts.Suspect);

        _pool.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((1, 2), (_pool.Counts.Suspect, _pool.Counts.Free));
        Assert.Equal(["2 is silent for 5 s"], _pool.Events.Pings);

        // It came back last, and would go out first.
        Assert.Equal(1, (await _pool.TakeAsync()).Worker!.Number);
        _pool.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["2 is silent for 5 s"], _pool.Events.Pings);
        Assert.Equal((1, 0), (_pool.Started[1].Pings, _pool.Started[1].Stops));
        Assert.Equal(2, (await _pool.TakeAsync()).Worker!.Number);
    }

    [Fact]
    public void A_suspected_worker_that_answers_is_trusted_and_pinged_again()
    {
        _pool.Started[0].FallSilent();
        _pool.Advance(30 * Second);
        _pool.Advance(6 * Second);
        _pool.Started[0].Speak();

        Assert.Equal(["1 is silent for 5 s", "1 answers after 6 s"], _pool.Events.Pings);
        Assert.Equal(0, _pool.Counts.Suspect);
        _pool.Advance(30 * Second);
        Assert.Equal(2, _pool.Started[0].Pings);
    }

    [Fact]
    public async Task A_worker_that_is_being_pinged_is_given_out_at_once_and_judged_by_its_call()
    {
        _pool.Started[1].FallSilent();
        _pool.Advance(30 * Second);

        var taking = _pool.TakeAsync();
        Assert.True(taking.IsCompletedSuccessfully);
        var slot = await taking;
        Assert.Equal(2, slot.Worker!.Number);
        _pool.Advance(20 * Second);
        Assert.Equal(0, _pool.Counts.Suspect);

        // Free again, it has its whole time to answer.
        _pool.Supervisor.Return(slot);
        _pool.Advance(4 * Second);
        Assert.Equal(0, _pool.Counts.Suspect);
        _pool.Advance(Second);
        Assert.Equal(1, _pool.Counts.Suspect);
    }

    [Fact]
    public void A_worker_that_dies_instead_of_answering_is_replaced_as_any_other()
    {
        _pool.Started[0].FallSilent();
        _pool.Advance(35 * Second);
        _pool.Started[0].Die();
        _pool.Advance(5 * Second);

        Assert.Equal((2, 0), (_pool.Counts.Free, _pool.Counts.Suspect));
        Assert.Empty(_pool.Events.Pings);
    }

    [Theory]
    [InlineData(true, false, 0, 0)]
    [InlineData(false, true, 1, 0)]
    public void An_interval_without_end_pings_nobody_and_a_patience_without_end_suspects_nobody(
        bool hasNoInterval, bool hasNoTimeout, int pings, int suspects)
    {
        var pool = new ScriptedPool(new SupervisorSettings
        {
            Size = 1,
            HealthInterval = hasNoInterval ? TimeSpan.MaxValue : Second,
            HealthTimeout = hasNoTimeout ? TimeSpan.MaxValue : Second,
        });
        pool.Settle();
        pool.Started[0].FallSilent();
        pool.Advance(TimeSpan.FromDays(1));
        pool.Advance(TimeSpan.FromDays(1000));

        Assert.Equal((pings, suspects), (pool.Started[0].Pings, pool.Counts.Suspect));
    }
}
