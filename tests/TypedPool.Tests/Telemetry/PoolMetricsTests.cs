using Microsoft.Extensions.Time.Testing;
using TypedPool.Telemetry;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Telemetry;

public sealed class PoolMetricsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Every_instrument_is_in_the_documentation_with_its_unit()
    {
        using var listener = new RecordingMeterListener("p");
        using var metrics = new PoolMetrics("p", factory: null, _time);
        metrics.Observe(() => default);
        var documented = File.ReadAllText(RepositoryRoot.Combine("docs", "observability.md"));

        Assert.Equal(13, listener.Instruments.Count);
        Assert.All(listener.Instruments, instrument =>
            Assert.Contains($"| `{instrument.Name}` | `{instrument.Unit}` |", documented, StringComparison.Ordinal));
        Assert.All(listener.Instruments, instrument => Assert.False(string.IsNullOrEmpty(instrument.Description)));
    }

    [Fact]
    public async Task A_wait_for_a_worker_lasts_until_the_worker_is_there()
    {
        using var listener = new RecordingMeterListener("p");
        using var metrics = new PoolMetrics("p", factory: null, _time);
        var served = new TaskCompletionSource<string>();

        var checkout = metrics.MeasureCheckout(new ValueTask<string>(served.Task));
        _time.Advance(TimeSpan.FromSeconds(2));
        served.SetResult("w");

        Assert.Equal("w", await checkout);
        Assert.Equal([new Measurement("typedpool.checkout.duration", 2, "")], listener.Measured);
    }

    [Fact]
    public async Task A_wait_for_a_worker_that_fails_says_why()
    {
        using var listener = new RecordingMeterListener("p");
        using var metrics = new PoolMetrics("p", factory: null, _time);

        var checkout = metrics.MeasureCheckout(ValueTask.FromException<string>(new CheckoutTimeoutException("too long")));

        await Assert.ThrowsAsync<CheckoutTimeoutException>(checkout.AsTask);
        Assert.Equal([new Measurement("typedpool.checkout.duration", 0, "error.type=checkout_timeout")], listener.Measured);
    }

    [Fact]
    public async Task A_wait_that_nobody_measures_is_passed_through_as_it_is()
    {
        using var listener = new RecordingMeterListener("p", name => name != "typedpool.checkout.duration");
        using var metrics = new PoolMetrics("p", factory: null, _time);
        var task = Task.FromResult("w");

        var passed = metrics.MeasureCheckout(new ValueTask<string>(task));

        Assert.Same(task, passed.AsTask());
        Assert.Equal("w", await task);
    }

    [Theory]
    [InlineData("typedpool.call.duration", true)]
    [InlineData("typedpool.call.timeouts", true)]
    [InlineData("typedpool.worker.count", false)]
    public void A_call_is_measured_only_while_somebody_listens(string instrument, bool isMeasured)
    {
        using var metrics = new PoolMetrics("p", factory: null, _time);
        Assert.False(metrics.MeasuresCalls);

        using (new RecordingMeterListener("p", name => name == instrument))
            Assert.Equal(isMeasured, metrics.MeasuresCalls);

        Assert.False(metrics.MeasuresCalls);
    }

    [Fact]
    public void Workers_are_told_by_what_they_do()
    {
        using var listener = new RecordingMeterListener("p");
        using var metrics = new PoolMetrics("p", factory: null, _time);
        metrics.Observe(() => new PoolFigures(Starting: 1, Free: 2, Busy: 3, Leaving: 4, Suspect: 5, Waiting: 7, Sessions: 9));

        Assert.Equal(
            ["starting 1", "free 2", "busy 3", "leaving 4"],
            listener.Observe("typedpool.worker.count").Select(each => $"{each.Attributes["typedpool.worker.state=".Length..]} {each.Value}"));
        Assert.Equal(5, Assert.Single(listener.Observe("typedpool.worker.suspects")).Value);
        Assert.Equal(7, Assert.Single(listener.Observe("typedpool.checkout.waiting")).Value);
        Assert.Equal(9, Assert.Single(listener.Observe("typedpool.session.count")).Value);
    }

    [Fact]
    public async Task A_start_that_is_given_up_is_no_failed_start()
    {
        using var listener = new RecordingMeterListener("p");
        using var metrics = new PoolMetrics("p", factory: null, _time);

        var cancelled = new TaskCompletionSource<int>();
        var start = metrics.CountStartAsync(cancelled.Task);
        cancelled.SetCanceled(new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Empty(listener.Measured);
    }

    [Fact]
    public void A_meter_of_a_factory_outlives_the_pool_and_tells_nothing_more_of_it()
    {
        using var listener = new RecordingMeterListener("p");
        using var factory = new SingleMeterFactory();
        using var other = new PoolMetrics("other", factory, _time);
        var metrics = new PoolMetrics("p", factory, _time);
        metrics.Observe(() => new PoolFigures(1, 1, 1, 1, 1, 1, 1));
        Assert.NotEmpty(listener.Observe("typedpool.worker.count"));

        metrics.Dispose();

        Assert.True(other.MeasuresCalls);
        Assert.Empty(listener.Observe("typedpool.worker.count"));
        Assert.Empty(listener.Observe("typedpool.session.count"));
    }
}
