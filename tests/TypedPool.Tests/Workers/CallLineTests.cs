using Microsoft.Extensions.Time.Testing;
using TypedPool.Serialization;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public sealed class CallLineTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<PendingCall> _expired = [];
    private readonly List<PendingCall> _waited = [];
    private readonly List<long> _ids = [];
    private readonly CommandClock _clock;
    private readonly CallLine _line;
    private Action? _onWaited;

    public CallLineTests()
    {
        _clock = new CommandClock(_time, (call, _) => _expired.Add(call));
        _line = new CallLine(_time, _clock, (call, id) =>
        {
            _waited.Add(call);
            _ids.Add(id);
            _onWaited?.Invoke();
        });
    }

    public void Dispose()
    {
        _line.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public void The_time_of_a_call_begins_when_the_one_before_it_has_ended()
    {
        var (first, second) = (Enter(time: 10 * Second), Enter(time: 2 * Second));
        _time.Advance(5 * Second);
        Assert.Empty(_expired);
        Leave(first);
        _time.Advance(1.9 * Second);
        Assert.Empty(_expired);

        _time.Advance(0.1 * Second);

        Assert.Equal([second], _expired);
    }

    [Fact]
    public void Each_call_has_its_turn_and_one_that_leaves_before_it_is_left_out()
    {
        var calls = Enumerable.Range(0, 4).Select(_ => Enter(time: Second)).ToArray();
        Assert.Equal([false, true, true, true], calls.Select(_line.IsWaiting));

        Leave(calls[2]);
        Leave(calls[0]);
        Assert.Equal([false, false, false, true], calls.Select(_line.IsWaiting));
        Leave(calls[1]);
        Assert.False(_line.IsWaiting(calls[3]));
        _time.Advance(Second);

        Assert.Equal([calls[3]], _expired);
    }

    [Fact]
    public void A_call_that_waits_too_long_is_told_once_and_the_others_in_their_own_time()
    {
        var (_, late, later, patient) = (Enter(), Enter(wait: 2 * Second), Enter(wait: Second), Enter());

        _time.Advance(Second);
        Assert.Equal([later], _waited);
        _time.Advance(Second);
        Assert.Equal([later, late], _waited);
        _time.Advance(100 * Second);

        Assert.Equal([later, late], _waited);
        Assert.True(_line.IsWaiting(patient));
    }

    [Fact]
    public void A_call_that_has_ended_before_it_is_told_and_is_used_again_is_told_by_the_id_that_it_had()
    {
        var (running, _, late) = (Enter(id: 1), Enter(wait: Second, id: 2), Enter(wait: Second, id: 3));
        _onWaited = () =>
        {
            _onWaited = null;
            Leave(late);
            late.Id = 4;
            _line.Enter(late);
        };

        _time.Advance(Second);

        Assert.Equal([2, 3], _ids);
        Assert.True(_line.IsWaiting(late));
        Assert.False(_line.IsWaiting(running));
    }

    [Fact]
    public void A_call_whose_turn_has_come_does_not_wait_any_more()
    {
        var first = Enter();
        Enter(wait: Second);
        Leave(first);

        _time.Advance(10 * Second);

        Assert.Empty(_waited);
    }

    [Theory]
    [InlineData(100, 4, false)]
    [InlineData(6, 2, true)]
    [InlineData(3, 0, true)]
    public void A_deadline_comes_nearer_while_a_call_waits(int deadline, int left, bool isDeadline)
    {
        var first = Enter();
        var second = Enter(time: 4 * Second, deadline: deadline * Second);
        _time.Advance(4 * Second);

        Leave(first);

        Assert.Equal((left * Second, isDeadline), (second.Limit!.Value.Time, second.Limit.Value.IsDeadline));
    }

    private PendingCall Enter(TimeSpan? time = null, TimeSpan? wait = null, TimeSpan? deadline = null, long id = 0)
    {
        var infinite = Timeout.InfiniteTimeSpan;
        var call = new PendingCall<string>(JsonRead.String)
        {
            Id = id,
            Limit = new TimeLimit(time ?? infinite, nameof(CallOptions.CommandTimeout)),
            Wait = new WaitLimit(new TimeLimit(wait ?? infinite, nameof(CallOptions.CheckoutTimeout)), wait ?? infinite, deadline ?? infinite),
        };
        _line.Enter(call);
        return call;
    }

    private void Leave(PendingCall call)
    {
        _line.Leave(call);
        _clock.Stop(call);
    }
}
