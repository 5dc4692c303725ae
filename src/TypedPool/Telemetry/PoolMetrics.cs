using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace TypedPool.Telemetry;

/// <summary>
/// Everything that a pool measures; docs/observability.md tells what each means. An instrument that nobody listens to
/// costs no more than the question whether somebody does, and a listener that throws harms neither call nor pool.
/// </summary>
internal sealed class PoolMetrics : IDisposable
{
    /// <summary>In seconds: a call through a pipe takes some tens of microseconds, and a command may take minutes.</summary>
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [
            0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
        ],
    };

    private readonly KeyValuePair<string, object?> _pool;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly bool _isOwnMeter;
    private readonly Histogram<double> _callDuration;
    private readonly Histogram<double> _checkoutDuration;
    private readonly Counter<long> _callTimeouts;
    private readonly Counter<long> _workerStarts;
    private readonly Counter<long> _workerStartFailures;
    private readonly Counter<long> _workerLosses;
    private readonly Counter<long> _workerRecycles;
    private readonly Counter<long> _missedPings;
    private readonly Counter<long> _outputDropped;

    /// <summary>Null before there is anything to observe, and again when the pool has stopped: a factory keeps its meters.</summary>
    private Func<PoolFigures>? _figures;

    /// <param name="pool">The pool's name.</param>
    /// <param name="factory">Makes the meter and owns it; null for a meter of the pool's own.</param>
    /// <param name="time">The clock.</param>
    internal PoolMetrics(string pool, IMeterFactory? factory, TimeProvider time)
    {
        _pool = new KeyValuePair<string, object?>(AttributeNames.Pool, pool);
        _time = time;
        var options = new MeterOptions(TelemetrySource.Name) { Version = TelemetrySource.Version };
        _isOwnMeter = factory is null;
        _meter = factory?.Create(options) ?? new Meter(options);
        _callDuration = _meter.CreateHistogram("typedpool.call.duration", "s", "How long calls took, the wait for a worker included.", null, Buckets);
        _checkoutDuration = _meter.CreateHistogram("typedpool.checkout.duration", "s", "How long calls waited for a worker.", null, Buckets);
        _callTimeouts = _meter.CreateCounter<long>("typedpool.call.timeouts", "{call}", "Calls that took too long.");
        _workerStarts = _meter.CreateCounter<long>("typedpool.worker.starts", "{worker}", "Workers that became ready.");
        _workerStartFailures = _meter.CreateCounter<long>("typedpool.worker.start_failures", "{worker}", "Workers that did not become ready.");
        _workerLosses = _meter.CreateCounter<long>("typedpool.worker.losses", "{worker}", "Workers that ended and were not meant to.");
        _workerRecycles = _meter.CreateCounter<long>("typedpool.worker.recycles", "{worker}", "Workers whose time had come to be replaced.");
        _missedPings = _meter.CreateCounter<long>("typedpool.worker.missed_pings", "{ping}", "Pings of free workers that were not answered in time.");
        _outputDropped = _meter.CreateCounter<long>("typedpool.log.dropped", "{record}", "Lines and log records of workers that were not logged.");
    }

    /// <summary>Whether the end of a call is measured.</summary>
    internal bool MeasuresCalls => _callDuration.Enabled || _callTimeouts.Enabled;

    /// <summary>Lets what the pool has be observed.</summary>
    /// <param name="figures">Tells it.</param>
    internal void Observe(Func<PoolFigures> figures)
    {
        _figures = figures;
        _meter.CreateObservableUpDownCounter("typedpool.worker.count", Workers, "{worker}", "Workers by what they do.");
        _meter.CreateObservableUpDownCounter(
            "typedpool.worker.suspects", () => Observed(now => now.Suspect), "{worker}", "Workers that have left a ping unanswered.");
        _meter.CreateObservableUpDownCounter(
            "typedpool.checkout.waiting", () => Observed(now => now.Waiting), "{caller}", "Callers that wait for a worker.");
        _meter.CreateObservableUpDownCounter(
            "typedpool.session.count", () => Observed(now => now.Sessions), "{session}", "Sessions that go on.");
    }

    /// <summary>Measures a wait for a worker.</summary>
    /// <typeparam name="T">What is waited for.</typeparam>
    /// <param name="checkout">The wait, which has just begun.</param>
    /// <returns>The same.</returns>
    internal ValueTask<T> MeasureCheckout<T>(ValueTask<T> checkout) => _checkoutDuration.Enabled ? MeasuredAsync(checkout) : checkout;

    /// <summary>Counts a start of a worker.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="start">The start, which has just begun.</param>
    /// <returns>The same.</returns>
    internal async Task<T> CountStartAsync<T>(Task<T> start)
    {
        try
        {
            var worker = await start.ConfigureAwait(false);
            Add(_workerStarts, [_pool]);
            return worker;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Add(_workerStartFailures, [_pool, Error(exception)]);
            throw;
        }
    }

    /// <summary>Counts a worker that is replaced because its time has come.</summary>
    /// <param name="reason">Which limit it has reached, in one word.</param>
    internal void WorkerRecycled(string reason)
    {
        if (_workerRecycles.Enabled)
        {
            Add(_workerRecycles, [_pool, new(AttributeNames.RecycleReason, reason)]);
        }
    }

    /// <summary>Counts a ping that was not answered in time.</summary>
    internal void PingMissed()
    {
        if (_missedPings.Enabled)
        {
            Add(_missedPings, [_pool]);
        }
    }

    /// <summary>Counts what workers said and what is not logged.</summary>
    /// <param name="count">How many lines and records.</param>
    internal void OutputDropped(long count)
    {
        if (_outputDropped.Enabled)
        {
            Add(_outputDropped, [_pool], count);
        }
    }

    /// <summary>Counts a worker that ended and was not meant to.</summary>
    /// <param name="reason">Why, as one word of C#.</param>
    internal void WorkerLost(string reason)
    {
        if (_workerLosses.Enabled)
        {
            Add(_workerLosses, [_pool, new(AttributeNames.LossReason, JsonNamingPolicy.SnakeCaseLower.ConvertName(reason))]);
        }
    }

    /// <summary>Measures a call that has ended.</summary>
    /// <param name="command">The command.</param>
    /// <param name="began">When it began, as a timestamp.</param>
    /// <param name="failure">Why it failed, or null.</param>
    internal void CallEnded(string command, long began, Exception? failure)
    {
        var method = new KeyValuePair<string, object?>(AttributeNames.RpcMethod, command);
        TagList tags = failure is null ? [_pool, method] : [_pool, method, Error(failure)];
        Record(_callDuration, began, tags);
        if (failure is CheckoutTimeoutException or CommandTimeoutException)
        {
            Add(_callTimeouts, tags);
        }
    }

    /// <summary>Ends all measuring. A meter that a factory owns stays, and has nothing to tell of this pool any more.</summary>
    public void Dispose()
    {
        _figures = null;
        if (_isOwnMeter)
        {
            _meter.Dispose();
        }
    }

    private static KeyValuePair<string, object?> Error(Exception failure) => new(AttributeNames.ErrorType, ErrorType.Of(failure));

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is the listener's.")]
    private static void Add(Counter<long> counter, in TagList tags, long count = 1)
    {
        try
        {
            counter.Add(count, tags);
        }
        catch (Exception)
        {
            // Who listens may fail; what is listened to goes on.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is the listener's.")]
    private void Record(Histogram<double> histogram, long began, in TagList tags)
    {
        try
        {
            histogram.Record(_time.GetElapsedTime(began).TotalSeconds, tags);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private async ValueTask<T> MeasuredAsync<T>(ValueTask<T> checkout)
    {
        var began = _time.GetTimestamp();
        try
        {
            var item = await checkout.ConfigureAwait(false);
            Record(_checkoutDuration, began, [_pool]);
            return item;
        }
        catch (Exception exception)
        {
            Record(_checkoutDuration, began, [_pool, Error(exception)]);
            throw;
        }
    }

    private IEnumerable<Measurement<int>> Observed(Func<PoolFigures, int> figure) =>
        _figures is { } figures ? [new Measurement<int>(figure(figures()), _pool)] : [];

    private IEnumerable<Measurement<int>> Workers()
    {
        if (_figures is not { } figures)
        {
            return [];
        }

        var now = figures();
        return [InState("starting", now.Starting), InState("free", now.Free), InState("busy", now.Busy), InState("leaving", now.Leaving)];
    }

    private Measurement<int> InState(string state, int count) =>
        new(count, _pool, new KeyValuePair<string, object?>(AttributeNames.WorkerState, state));
}
