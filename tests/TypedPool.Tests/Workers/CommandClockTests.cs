using Microsoft.Extensions.Time.Testing;
using TypedPool.Serialization;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public sealed class CommandClockTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CommandClock _clock;
    private readonly PendingCall _call = new PendingCall<long>(JsonRead.Int64);
    private int _expired;

    public CommandClockTests() => _clock = new CommandClock(_time, (_, _) => _expired++);

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void A_command_that_runs_too_long_is_told_once()
    {
        _clock.Start(_call, TimeSpan.FromSeconds(2), default);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(0, _expired);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, _expired);
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void A_command_that_ended_is_not_told_and_the_next_has_its_whole_time()
    {
        _clock.Start(_call, TimeSpan.FromSeconds(2), default);
        _time.Advance(TimeSpan.FromSeconds(1));
        _clock.Stop(_call);
        _clock.Start(_call, TimeSpan.FromSeconds(2), default);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(0, _expired);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void A_shorter_time_after_a_longer_one_counts()
    {
        _clock.Start(_call, TimeSpan.FromSeconds(100), default);
        _clock.Stop(_call);
        _clock.Start(_call, TimeSpan.FromSeconds(1), default);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void An_infinite_time_never_ends()
    {
        _clock.Start(_call, TimeSpan.FromSeconds(1), default);
        _clock.Stop(_call);
        _clock.Start(_call, Timeout.InfiniteTimeSpan, default);
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, _expired);
    }

    [Fact]
    public void Of_several_commands_each_is_told_when_its_own_time_is_up()
    {
        var told = new List<PendingCall>();
        using var clock = new CommandClock(_time, (call, _) => told.Add(call));
        PendingCall first = new PendingCall<long>(JsonRead.Int64), second = new PendingCall<long>(JsonRead.Int64);
        clock.Start(first, TimeSpan.FromSeconds(3), default);
        clock.Start(_call, TimeSpan.FromSeconds(2), default);
        clock.Start(second, TimeSpan.FromSeconds(1), default);
        clock.Stop(_call);

        _time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal([second], told);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal([second, first], told);
    }

    [Fact]
    public async Task What_flows_with_a_call_does_not_stay_with_the_timer()
    {
        var ofTheCall = new AsyncLocal<string>();
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var clock = new CommandClock(TimeProvider.System, (_, _) => seen.SetResult(ofTheCall.Value));
        ofTheCall.Value = "a caller's";

        clock.Start(_call, TimeSpan.FromMilliseconds(1), default);

        Assert.Null(await seen.Task);
    }

    [Fact]
    public void A_caller_from_whom_nothing_flows_may_start_it_too()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _clock.Start(_call, TimeSpan.FromSeconds(1), default);
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }
    }
}
