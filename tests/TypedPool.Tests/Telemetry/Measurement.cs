namespace TypedPool.Tests.Telemetry;

/// <summary>One value that an instrument told.</summary>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Value">The value.</param>
/// <param name="Attributes">Its attributes but the pool's name, in order: <c>name=value, …</c>.</param>
internal sealed record Measurement(string Instrument, double Value, string Attributes);
