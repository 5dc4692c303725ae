using System.Diagnostics.Metrics;

namespace TypedPool.Tests.Telemetry;

/// <summary>A factory that, as the one of a host, gives the same meter to all who ask, and owns it.</summary>
internal sealed class SingleMeterFactory : IMeterFactory
{
    private Meter? _meter;

    /// <summary>How often a meter was asked for.</summary>
    internal int Asked { get; private set; }

    public Meter Create(MeterOptions options)
    {
        Asked++;
        return _meter ??= new Meter(options);
    }

    public void Dispose() => _meter?.Dispose();
}
