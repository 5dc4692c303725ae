using System.Runtime.InteropServices;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Reports;

/// <summary>What the figures were measured on.</summary>
/// <param name="Processor">The processor, and how many of its cores there are.</param>
/// <param name="OperatingSystem">The operating system and its version.</param>
/// <param name="DotNet">The .NET runtime.</param>
/// <param name="Python">The version of Python.</param>
/// <param name="Optimized">Whether this was built for release.</param>
internal sealed record Machine(string Processor, string OperatingSystem, string DotNet, string Python, bool Optimized)
{
#if DEBUG
    private const bool IsOptimized = false;
#else
    private const bool IsOptimized = true;
#endif

    /// <summary>This one.</summary>
    /// <param name="path">The Python; null for the one that a pool finds.</param>
    /// <returns>The machine.</returns>
    internal static async Task<Machine> ThisAsync(string? path = null)
    {
        var python = await new PythonFinder(new PythonPoolOptions { PythonPath = path }, Environment.GetEnvironmentVariable).FindAsync(CancellationToken.None);
        return new Machine(
            $"{Model()}, {Environment.ProcessorCount} cores",
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            python.Version.ToString(),
            IsOptimized);
    }

    public override string ToString() =>
        $"{Processor}\n{OperatingSystem}\n{DotNet}, Python {Python}" + (Optimized ? "" : "\nA debug build: the figures say nothing.");

    private static string Model()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
