using System.Security.Cryptography;
using System.Text;
using TypedPool.Generators.Tests.Support;
using TypedPool.Testing;

namespace TypedPool.Generators.Tests.Robustness;

/// <summary>Another process writes the same bytes. Strings hash differently in each, so an order that comes of hashing would show.</summary>
public sealed class ProcessTests
{
    private const string Variable = "TYPEDPOOL_FINGERPRINT_FILE";

    [Fact]
    public async Task Two_processes_generate_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var file = folder["fingerprint"];
        var program = Path.ChangeExtension(typeof(ProcessTests).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null);

        var outcome = await CommandLine.RunAsync(
            program,
            ["-method", $"{typeof(ProcessTests).FullName}.{nameof(The_fingerprint_of_this_process_is_written_where_it_is_asked_for)}", "-noColor", "-noLogo"],
            environment: new Dictionary<string, string?>(StringComparer.Ordinal) { [Variable] = file },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        var other = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        var own = Fingerprint();
        Assert.NotEqual(own[0], other[0]);
        Assert.Equal(own[1..], other[1..]);
    }

    /// <summary>What the other process runs; here it shows that a second run of one process makes no difference either.</summary>
    [Fact]
    public void The_fingerprint_of_this_process_is_written_where_it_is_asked_for()
    {
        var fingerprint = Fingerprint();
        if (Environment.GetEnvironmentVariable(Variable) is { } file)
        {
            File.WriteAllLines(file, fingerprint);
        }

        Assert.Equal(fingerprint, Fingerprint());
    }

    /// <summary>How strings hash in this process, then what is generated: a line for each schema.</summary>
    private static string[] Fingerprint() =>
    [
        $"{"one".GetHashCode(StringComparison.Ordinal)} {"two".GetHashCode(StringComparison.Ordinal)}",
        .. Repository.SchemaNames().Select(schema =>
        {
            var generation = Generation.Of(Repository.Schema(schema));
            var text = string.Join('\n', [
                .. generation.Result.Diagnostics.Select(diagnostic => diagnostic.ToString()),
                .. generation.Result.GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText)]);
            return $"{schema} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
        }),
    ];
}
