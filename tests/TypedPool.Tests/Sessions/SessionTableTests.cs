using Microsoft.Extensions.Time.Testing;
using TypedPool.Sessions;
using Xunit;

namespace TypedPool.Tests.Sessions;

public sealed class SessionTableTests : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly SessionTable _table;

    public SessionTableTests() => _table = new SessionTable(IdleTime, SweepInterval, _time);

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_session_begins_with_its_first_call()
    {
        Assert.Null(_table.Find("s"));
        var start = _time.GetUtcNow();

        var session = _table.Enter("s");
        _time.Advance(TimeSpan.FromSeconds(3));
        session.Leave(hasFailed: true);
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(
            new PythonSession { Id = "s", StartedAt = start, LastActivityAt = start.AddSeconds(3), Calls = 1, Failures = 1 }, _table.Find("s"));
    }

    [Fact]
    public void The_beginning_of_a_call_is_activity_too()
    {
        _table.Enter("s").Leave(hasFailed: false);
        _time.Advance(TimeSpan.FromSeconds(5));
        _table.Enter("s");

        Assert.Equal(_time.GetUtcNow(), _table.Find("s")!.LastActivityAt);
    }

    [Fact]
    public async Task A_hundred_thousand_calls_at_once_are_all_counted()
    {
        const int Callers = 100;
        const int Rounds = 1_000;
        using var together = new Barrier(4);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                for (var i = 0; i < Callers * Rounds / 4; i++)
                    _table.Enter($"{i % 3}").Leave(hasFailed: i % 2 == 0);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal(Callers * Rounds, _table.List().Sum(session => session.Calls));
        Assert.Equal(Callers * Rounds / 2, _table.List().Sum(session => session.Failures));
    }

    [Fact]
    public async Task Calls_are_counted_in_one_session_or_the_next_while_sessions_end_all_the_time()
    {
        const int Calls = 20_000;
        var isDone = false;
        var entered = new HashSet<Session>();
        var ending = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref isDone))
                    _table.End("s");
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        for (var i = 0; i < Calls; i++)
        {
            var session = _table.Enter("s");
            entered.Add(session);
            session.Leave(hasFailed: true);
        }

        Volatile.Write(ref isDone, true);
        await ending;
        Assert.Equal((Calls, Calls), (entered.Sum(session => session.Observe().Calls), entered.Sum(session => session.Observe().Failures)));
    }

    [Fact]
    public void An_idle_session_ends_at_the_next_sweep()
    {
        _table.Enter("idle").Leave(hasFailed: false);
        _time.Advance(TimeSpan.FromMinutes(5));
        _table.Enter("active").Leave(hasFailed: false);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(_table.Find("idle"));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["active"], _table.List().Select(session => session.Id));
        _time.Advance(IdleTime);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_session_with_a_running_call_never_ends_by_itself()
    {
        var session = _table.Enter("s");
        _time.Advance(100 * IdleTime);
        Assert.Equal(1, _table.Count);

        session.Leave(hasFailed: false);
        _time.Advance(IdleTime - SweepInterval);
        Assert.Equal(1, _table.Count);
        _time.Advance(SweepInterval);

        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Sessions_without_an_idle_time_end_on_request_alone()
    {
        using var table = new SessionTable(Timeout.InfiniteTimeSpan, SweepInterval, _time);
        table.Enter("s").Leave(hasFailed: false);
        _time.Advance(TimeSpan.FromDays(1_000));

        Assert.Equal(1, table.Count);
        Assert.True(table.End("s"));
        Assert.False(table.End("s"));
    }

    [Fact]
    public void A_call_in_a_session_that_was_ended_is_counted_in_that_one_alone()
    {
        var first = _table.Enter("s");
        Assert.True(_table.End("s"));
        var second = _table.Enter("s");

        first.Leave(hasFailed: true);
        second.Leave(hasFailed: false);

        Assert.Equal((1, 1), (first.Observe().Calls, first.Observe().Failures));
        Assert.Equal((1, 0), (_table.Find("s")!.Calls, _table.Find("s")!.Failures));
    }

    [Fact]
    public void A_disposed_table_sweeps_no_more()
    {
        _table.Enter("s").Leave(hasFailed: false);
        _table.Dispose();
        _time.Advance(2 * IdleTime);

        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void The_oldest_session_is_listed_first()
    {
        foreach (var id in (string[])["b", "c", "a"])
        {
            _table.Enter(id).Leave(hasFailed: false);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["b", "c", "a"], _table.List().Select(session => session.Id));
    }
}
