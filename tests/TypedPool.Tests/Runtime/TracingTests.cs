using System.Diagnostics;
using TypedPool.Telemetry;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class TracingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == TelemetrySource.Name,
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public TracingTests() => _listener.ActivityStopped = activity =>
    {
        lock (_ended)
            _ended.Add(activity);
    };

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_call_is_an_activity()
    {
        ActivitySource.AddActivityListener(_listener);
        await using var pool = await Pools.StartAsync();

        await pool.CallAsync("pid", options: new CallOptions { Session = "s" });

        var activity = Assert.Single(_ended);
        Assert.Equal(("pid", ActivityKind.Client, ActivityStatusCode.Unset), (activity.DisplayName, activity.Kind, activity.Status));
        Assert.Equal(
            "rpc.method=pid, rpc.system=typedpool, session.id=s, typedpool.pool=pool_commands, typedpool.worker.id=pool_commands/1", Tags(activity));
    }

    [Fact]
    public async Task A_call_stands_in_the_trace_of_its_caller_and_Python_is_told_where()
    {
        ActivitySource.AddActivityListener(_listener);
        await using var pool = await Pools.StartAsync();
        using var parent = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        var traceparent = (await pool.CallAsync("traceparent")).GetString();

        Assert.Same(parent, Activity.Current);
        var activity = Assert.Single(_ended);
        Assert.Equal(parent.SpanId, activity.ParentSpanId);
        Assert.Equal($"00-{parent.TraceId}-{activity.SpanId}-01", traceparent);
    }

    [Fact]
    public async Task A_call_that_nobody_traces_tells_Python_nothing()
    {
        await using var pool = await Pools.StartAsync();
        using var parent = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await pool.CallAsync("traceparent")).ValueKind);
        Assert.Empty(_ended);
    }

    [Fact]
    public async Task An_activity_without_an_id_of_the_W3C_is_not_told_to_Python()
    {
        ActivitySource.AddActivityListener(_listener);
        await using var pool = await Pools.StartAsync();
        using var parent = new Activity("caller").SetIdFormat(ActivityIdFormat.Hierarchical).Start();

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await pool.CallAsync("traceparent")).ValueKind);
        Assert.Equal(ActivityIdFormat.Hierarchical, Assert.Single(_ended).IdFormat);
    }

    [Fact]
    public async Task A_call_that_raises_ends_its_activity_as_an_error_that_tells_none_of_its_words()
    {
        ActivitySource.AddActivityListener(_listener);
        await using var pool = await Pools.StartAsync();

        await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("raise_value_error", new { message = "secret" }));

        var activity = Assert.Single(_ended);
        Assert.Equal((ActivityStatusCode.Error, null), (activity.Status, activity.StatusDescription));
        Assert.Equal("python_exception", activity.GetTagItem("error.type"));
        Assert.DoesNotContain("secret", Tags(activity), StringComparison.Ordinal);
        Assert.Empty(activity.Events);
    }

    [Fact]
    public async Task A_timeout_ends_the_activity_as_an_error()
    {
        ActivitySource.AddActivityListener(_listener);
        await using var pool = await Pools.StartAsync();
        var options = new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(50) };

        await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.CallAsync("wait_for", new { path = FilePath("never") }, options));

        Assert.Equal("command_timeout", Assert.Single(_ended).GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_cancelled_call_ends_its_activity_as_cancelled()
    {
        ActivitySource.AddActivityListener(_listener);
        await using var pool = await Pools.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = pool.CallAsync("wait_for", new { path = FilePath("never") }, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var activity = Assert.Single(_ended);
        Assert.Equal((ActivityStatusCode.Error, "cancelled"), (activity.Status, activity.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Two_pools_are_told_apart_by_their_names()
    {
        ActivitySource.AddActivityListener(_listener);
        await using var first = await Pools.StartAsync(options => options.Name = "first");
        await using var second = await Pools.StartAsync(options => options.Name = "second");

        await first.CallAsync("pid");
        await second.CallAsync("pid");

        Assert.Equal(["first", "second"], _ended.Select(activity => activity.GetTagItem("typedpool.pool")));
    }

    [Fact]
    public async Task Nothing_is_traced_of_a_stopped_pool()
    {
        ActivitySource.AddActivityListener(_listener);
        var pool = await Pools.StartAsync();
        await pool.DisposeAsync();

        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("pid"));

        Assert.Empty(_ended);
    }

    [Fact]
    public async Task A_listener_that_throws_harms_no_call()
    {
        _listener.ActivityStarted = _ => throw new InvalidOperationException("started");
        ActivitySource.AddActivityListener(_listener);
        using var other = new ActivityListener
        {
            ShouldListenTo = _listener.ShouldListenTo,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => throw new InvalidOperationException("stopped"),
        };
        ActivitySource.AddActivityListener(other);
        await using var pool = await Pools.StartAsync();

        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt32());

        _listener.ActivityStarted = null;
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt32());
    }

    private static string Tags(Activity activity) =>
        string.Join(", ", activity.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));

    private string FilePath(string name) => Path.Combine(_folder.Path, name);
}
