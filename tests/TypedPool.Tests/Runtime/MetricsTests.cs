using System.Diagnostics.Metrics;
using TypedPool.Telemetry;
using TypedPool.Testing;
using TypedPool.Tests.Telemetry;
using Xunit;
using Measurement = TypedPool.Tests.Telemetry.Measurement;

namespace TypedPool.Tests.Runtime;

public sealed class MetricsTests : IDisposable
{
    private const string Duration = "typedpool.call.duration";

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingMeterListener _listener = new("pool_commands");

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_call_is_measured_by_its_command()
    {
        await using var pool = await Pools.StartAsync();

        await pool.CallAsync("add", new { a = 1, b = 2 });

        var call = Assert.Single(_listener.Of(Duration));
        Assert.Equal("rpc.method=add", call.Attributes);
        Assert.True(call.Value > 0);
        var checkout = Assert.Single(_listener.Of("typedpool.checkout.duration"));
        Assert.Equal("", checkout.Attributes);
        Assert.InRange(checkout.Value, 0, call.Value);
        Assert.Empty(_listener.Of("typedpool.call.timeouts"));
    }

    [Fact]
    public async Task A_call_that_raises_is_measured_with_its_code()
    {
        await using var pool = await Pools.StartAsync();

        await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("raise_value_error", new { message = "secret" }));

        Assert.Equal("rpc.method=raise_value_error, error.type=python_exception", Assert.Single(_listener.Of(Duration)).Attributes);
        Assert.DoesNotContain(_listener.Measured, each => each.Attributes.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_a_timeout_and_costs_a_worker()
    {
        await using var pool = await Pools.StartAsync();
        var options = new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(50) };

        await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.CallAsync("touch_and_wait", new { path = FilePath("f") }, options));
        await _listener.WaitForAsync("typedpool.worker.losses");

        const string Attributes = "rpc.method=touch_and_wait, error.type=command_timeout";
        Assert.Equal(Attributes, Assert.Single(_listener.Of(Duration)).Attributes);
        Assert.Equal([new Measurement("typedpool.call.timeouts", 1, Attributes)], _listener.Of("typedpool.call.timeouts"));
        Assert.Equal(
            [new Measurement("typedpool.worker.losses", 1, "typedpool.worker.loss.reason=command_timeout")], _listener.Of("typedpool.worker.losses"));
    }

    [Fact]
    public async Task A_caller_that_finds_no_worker_in_time_is_a_timeout()
    {
        await using var pool = await Pools.StartAsync();
        var running = pool.CallAsync("wait_for", new { path = FilePath("go") });
        var options = new CallOptions { CheckoutTimeout = TimeSpan.FromMilliseconds(1) };

        await Assert.ThrowsAsync<CheckoutTimeoutException>(() => pool.CallAsync("pid", options: options));

        Assert.Equal("rpc.method=pid, error.type=checkout_timeout", Assert.Single(_listener.Of("typedpool.call.timeouts")).Attributes);
        Assert.Equal(["", "error.type=checkout_timeout"], _listener.Of("typedpool.checkout.duration").Select(each => each.Attributes));
        await File.WriteAllTextAsync(FilePath("go"), "");
        await running;
    }

    [Fact]
    public async Task A_cancelled_call_is_measured_as_cancelled()
    {
        await using var pool = await Pools.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = pool.CallAsync("wait_for", new { path = FilePath("never") }, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal("rpc.method=wait_for, error.type=cancelled", Assert.Single(_listener.Of(Duration)).Attributes);
    }

    [Fact]
    public async Task A_worker_that_dies_is_counted_and_so_is_the_one_in_its_place()
    {
        await using var pool = await Pools.StartAsync();
        Assert.Single(_listener.Of("typedpool.worker.starts"));

        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("exit_process", new { code = 3 }));
        await pool.CallAsync("pid");
        await _listener.WaitForAsync("typedpool.worker.losses");

        Assert.Equal("typedpool.worker.loss.reason=died", Assert.Single(_listener.Of("typedpool.worker.losses")).Attributes);
        Assert.Equal(2, _listener.Of("typedpool.worker.starts").Count);
    }

    [Fact]
    public async Task A_worker_that_does_not_start_is_counted()
    {
        using var listener = new RecordingMeterListener("broken");
        var options = Pools.Options("broken_module");
        options.Name = "broken";

        await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Equal([new Measurement("typedpool.worker.start_failures", 1, "error.type=worker_start_failed")], listener.Measured);
        Assert.Empty(listener.Observe("typedpool.worker.count"));
    }

    [Fact]
    public async Task What_the_pool_has_can_be_observed_at_any_moment()
    {
        await using var pool = await Pools.StartAsync(options => options.Size = 2);
        var paths = new[] { FilePath("1"), FilePath("2"), FilePath("3") };
        var calls = paths.Select((path, i) => pool.CallAsync("wait_for", new { path }, new CallOptions { Session = $"{i}" })).ToArray();

        Assert.Equal([0, 0, 2, 0], _listener.Observe("typedpool.worker.count").Select(each => each.Value));
        Assert.Equal([1], _listener.Observe("typedpool.checkout.waiting").Select(each => each.Value));
        Assert.Equal([3], _listener.Observe("typedpool.session.count").Select(each => each.Value));

        foreach (var path in paths)
            await File.WriteAllTextAsync(path, "");
        await Task.WhenAll(calls);
        Assert.Equal([0, 2, 0, 0], _listener.Observe("typedpool.worker.count").Select(each => each.Value));
        Assert.Equal([0], _listener.Observe("typedpool.checkout.waiting").Select(each => each.Value));
    }

    [Fact]
    public async Task Two_pools_are_told_apart_by_their_names()
    {
        using var second = new RecordingMeterListener("second");
        await using var first = await Pools.StartAsync();
        await using var other = await Pools.StartAsync(options => options.Name = "second");

        await first.CallAsync("pid");
        await other.CallAsync("add", new { a = 1, b = 2 });

        Assert.Equal(["rpc.method=pid"], _listener.Of(Duration).Select(each => each.Attributes));
        Assert.Equal(["rpc.method=add"], second.Of(Duration).Select(each => each.Attributes));
    }

    [Fact]
    public async Task Nothing_is_measured_of_a_stopped_pool()
    {
        var pool = await Pools.StartAsync();
        await pool.CallAsync("pid", options: new CallOptions { Session = "s" });
        await pool.DisposeAsync();
        var measured = _listener.Measured.Count;

        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("pid"));

        Assert.Empty(_listener.Observe("typedpool.worker.count"));
        Assert.Equal(measured, _listener.Measured.Count);
        Assert.Empty(_listener.Of("typedpool.worker.losses"));
    }

    [Fact]
    public async Task The_meter_is_made_by_the_factory_of_the_options()
    {
        using var factory = new SingleMeterFactory();
        await using (await Pools.StartAsync(options => options.MeterFactory = factory))
        await using (await Pools.StartAsync())
        {
            Assert.Equal(1, factory.Asked);
        }

        using var late = new RecordingMeterListener("pool_commands");
        Assert.NotEmpty(late.Instruments);
        Assert.Empty(late.Observe("typedpool.worker.count"));
    }

    [Fact]
    public async Task A_listener_that_throws_harms_no_call_and_no_pool()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Name == TelemetrySource.Name && !instrument.IsObservable)
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("listener"));
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("listener"));
        listener.Start();
        await using var pool = await Pools.StartAsync();

        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("exit_process", new { code = 3 }));

        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt32());
    }

    private string FilePath(string name) => Path.Combine(_folder.Path, name);
}
