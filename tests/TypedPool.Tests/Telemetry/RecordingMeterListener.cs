using System.Diagnostics.Metrics;
using TypedPool.Telemetry;

namespace TypedPool.Tests.Telemetry;

/// <summary>Keeps everything that the pool of one name measures, and lets a test await one measurement.</summary>
internal sealed class RecordingMeterListener : IDisposable
{
    private readonly string _pool;
    private readonly MeterListener _listener = new();
    private readonly List<Measurement> _measured = [];
    private readonly Dictionary<string, Instrument> _instruments = [];
    private readonly List<(string Instrument, TaskCompletionSource Seen)> _waits = [];

    /// <param name="pool">The pool's name.</param>
    /// <param name="listens">Whether to listen to an instrument of this name; null for all.</param>
    internal RecordingMeterListener(string pool, Func<string, bool>? listens = null)
    {
        _pool = pool;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TelemetrySource.Name && listens?.Invoke(instrument.Name) != false)
            {
                lock (_measured)
                    _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>The instruments that were there, whatever pool they are of.</summary>
    internal IReadOnlyCollection<Instrument> Instruments
    {
        get
        {
            lock (_measured)
                return [.. _instruments.Values];
        }
    }

    /// <summary>What was measured, in order.</summary>
    internal IReadOnlyList<Measurement> Measured
    {
        get
        {
            lock (_measured)
                return [.. _measured];
        }
    }

    /// <summary>What an instrument has measured, in order.</summary>
    internal IReadOnlyList<Measurement> Of(string instrument) => [.. Measured.Where(each => each.Instrument == instrument)];

    /// <summary>What the observable instruments tell now.</summary>
    internal IReadOnlyList<Measurement> Observe(string instrument)
    {
        var before = Of(instrument).Count;
        _listener.RecordObservableInstruments();
        return [.. Of(instrument).Skip(before)];
    }

    /// <summary>Waits until an instrument has measured something.</summary>
    internal Task WaitForAsync(string instrument)
    {
        lock (_measured)
        {
            if (_measured.Exists(each => each.Instrument == instrument))
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((instrument, seen));
            return seen.Task;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Record(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray();
        if (!Equals(all.Single(tag => tag.Key == AttributeNames.Pool).Value, _pool))
            return;
        var attributes = string.Join(", ", all.Where(tag => tag.Key != AttributeNames.Pool).Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_measured)
        {
            _measured.Add(new Measurement(instrument, value, attributes));
            foreach (var (awaited, seen) in _waits)
            {
                if (awaited == instrument)
                    seen.TrySetResult();
            }
        }
    }
}
