using System.Globalization;
using TypedPool.Testing;
using TypedPool.Testing.Deliberate;
using Xunit;

namespace TypedPool.Tests.Testing;

/// <summary>Runs one misbehaving test in a process of its own, to see what its supervision makes of it.</summary>
internal static class DeliberateTests
{
    public static Task<CommandLine.Outcome> RunAsync(Type type, string method, int hangSeconds = 60)
    {
        var program = Path.ChangeExtension(typeof(HangingTests).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null);
        return CommandLine.RunAsync(
            program,
            ["-method", $"{type.FullName}.{method}", "-noColor", "-noLogo"],
            environment: new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["TYPEDPOOL_TEST_HANG_SECONDS"] = hangSeconds.ToString(CultureInfo.InvariantCulture),
            },
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
