using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Any worker serves any session: a session is a name, and binds nothing.</summary>
public sealed class AffinityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_calls_of_one_session_are_served_by_several_workers()
    {
        await using var pool = await StartAsync(size: 3);
        var go = Path.Combine(_folder.Path, "go");
        var calls = Enumerable.Range(0, 3).Select(_ => pool.CallAsync("pid_once_there_is", new { path = go }, In("one"))).ToList();
        await File.WriteAllTextAsync(go, "");

        var pids = (await Task.WhenAll(calls)).Select(pid => pid.GetInt32()).ToHashSet();

        Assert.Equal(3, pids.Count);
        Assert.Equal(pids.Order(), pool.GetStatus().Workers.Select(worker => worker.ProcessId!.Value).Order());
        Assert.Equal(3, pool.GetSession("one")!.Calls);
    }

    [Fact]
    public async Task A_session_does_not_wait_for_the_worker_that_served_it_before()
    {
        await using var pool = await StartAsync(size: 2);
        var go = Path.Combine(_folder.Path, "go");
        var before = (await pool.CallAsync("pid", options: In("one"))).GetInt32();
        var other = pool.CallAsync("pid_once_there_is", new { path = go }, In("two"));

        var after = (await pool.CallAsync("pid", options: In("one"))).GetInt32();

        Assert.NotEqual(before, after);
        await File.WriteAllTextAsync(go, "");
        Assert.Equal(before, (await other).GetInt32());
    }

    [Fact]
    public async Task One_worker_serves_every_session_and_those_who_have_none()
    {
        await using var pool = await StartAsync(size: 1);
        var worker = Assert.Single(pool.GetStatus().Workers).ProcessId;

        foreach (var options in (CallOptions?[])[In("one"), In("two"), null, In("one")])
        {
            Assert.Equal(worker, (await pool.CallAsync("pid", options: options)).GetInt32());
        }

        Assert.Equal([("one", 2L), ("two", 1L)], pool.GetSessions().Select(session => (session.Id, session.Calls)));
    }

    private static CallOptions In(string session) => new() { Session = session };

    private static Task<PythonPool> StartAsync(int size) =>
        Pools.StartAsync(options => (options.Module, options.Size) = ("promise_commands", size));
}
