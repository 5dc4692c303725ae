using System.Reflection;

namespace TypedPool.Telemetry;

/// <summary>What meters and activity sources are known by.</summary>
internal static class TelemetrySource
{
    /// <summary>The name of both.</summary>
    internal const string Name = "TypedPool";

    /// <summary>The version of both: this assembly's.</summary>
    internal static string? Version { get; } = typeof(TelemetrySource).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
