using TypedPool.Testing;
using Xunit;
using Xunit.Sdk;

namespace TypedPool.Tests.Testing;

public sealed class PythonTests
{
    [Fact]
    public async Task The_default_Python_is_supported_and_runs()
    {
        var python = Python.Default;

        var outcome = await CommandLine.RunAsync(
            python.Path, ["-c", "import sys; print(sys.version_info[:3])"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(python.Version >= new Version(3, 9));
        Assert.Equal($"({python.Version.Major}, {python.Version.Minor}, {python.Version.Build})", outcome.Output.Trim());
    }

    [Fact]
    public void A_minor_version_is_found_once()
    {
        _ = Python.Default;
        Assert.Distinct(Python.Supported.Select(python => (python.Version.Major, python.Version.Minor)));
    }

    [Fact]
    public void A_missing_version_skips_the_test_with_a_reason()
    {
        // Record and Assert let a skip pass through.
        try
        {
            Assert.Fail($"{Python.OfVersion(3, 99)} was found.");
        }
        catch (SkipException skip)
        {
            Assert.Contains("There is no Python 3.99 here", skip.Message, StringComparison.Ordinal);
        }
    }
}
