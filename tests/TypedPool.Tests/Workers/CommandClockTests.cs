using Microsoft.Extensions.Time.Testing;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public sealed class CommandClockTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CommandClock _clock;
    private int _expired;

    public CommandClockTests() => _clock = new CommandClock(_time, () => _expired++);

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void A_command_that_runs_too_long_is_told_once()
    {
        _clock.Start(TimeSpan.FromSeconds(2));
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
        _clock.Start(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1));
        _clock.Stop();
        _clock.Start(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(0, _expired);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void A_shorter_time_after_a_longer_one_counts()
    {
        _clock.Start(TimeSpan.FromSeconds(100));
        _clock.Stop();
        _clock.Start(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void An_infinite_time_never_ends()
    {
        _clock.Start(TimeSpan.FromSeconds(1));
        _clock.Stop();
        _clock.Start(Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, _expired);
    }

    [Fact]
    public async Task What_flows_with_a_call_does_not_stay_with_the_timer()
    {
        var ofTheCall = new AsyncLocal<string>();
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var clock = new CommandClock(TimeProvider.System, () => seen.SetResult(ofTheCall.Value));
        ofTheCall.Value = "a caller's";

        clock.Start(TimeSpan.FromMilliseconds(1));

        Assert.Null(await seen.Task);
    }

    [Fact]
    public void A_caller_from_whom_nothing_flows_may_start_it_too()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _clock.Start(TimeSpan.FromSeconds(1));
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }
    }
}
