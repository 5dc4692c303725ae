using System.Reflection;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>The samples, run as they are built; their output goes to a file, as it may with a user.</summary>
public sealed class SampleTests
{
    private static readonly string Configuration = typeof(SampleTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Configuration").Value!;

    [Fact]
    public async Task QuickStart_reads_a_novel_and_survives_a_crash()
    {
        var output = await RunAsync("QuickStart");

        Assert.Contains("121,746 words", output, StringComparison.Ordinal);
        Assert.Contains("WorkerCrashedException", output, StringComparison.Ordinal);
        Assert.Contains("The next call is answered by process", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveJobs_streams_logs_and_cancels_and_its_worker_survives()
    {
        var output = await RunAsync("LiveJobs");

        Assert.Contains("tours came while it ran, the last of 18,197 km", output, StringComparison.Ordinal);
        Assert.Contains("the search starts from", output, StringComparison.Ordinal);
        Assert.Contains("nobody wants the rest", output, StringComparison.Ordinal);
        Assert.Contains("has survived, with its 42 cities", output, StringComparison.Ordinal);
        Assert.Contains("is free again", output, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string sample)
    {
        var program = RepositoryRoot.Combine("samples", sample, "bin", Configuration, "net10.0", $"{sample}.dll");
        var outcome = await Dotnet.RunAsync(
            RepositoryRoot.Path,
            [program],
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["TYPEDPOOL_PYTHON"] = Python.Default.Path,
                ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
            });

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        // A line breaks where the screen ends, whatever its width.
        return string.Join(' ', outcome.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
