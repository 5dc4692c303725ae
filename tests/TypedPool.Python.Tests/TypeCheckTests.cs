using TypedPool.Testing;
using Xunit;

namespace TypedPool.BridgeTests;

public sealed class TypeCheckTests
{
    [Fact]
    [HangLimit(180)]
    public async Task The_package_is_strictly_typed()
    {
        var folder = RepositoryRoot.Combine("python");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "pyproject.toml")), "python/pyproject.toml, which says what is checked, is not there.");
        var (program, arguments) = await FindPyrightAsync(folder);

        var outcome = await CommandLine.RunAsync(
            program, [.. arguments, "--pythonpath", Python.Default.Path], folder, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(outcome.ExitCode == 0, outcome.Output);
    }

    /// <summary>Pyright from PATH or from the surrounding node_modules; nothing is downloaded.</summary>
    private static async Task<(string Program, string[] Arguments)> FindPyrightAsync(string folder)
    {
        foreach (var (program, arguments) in new[] { ("pyright", Array.Empty<string>()), ("npx", ["--no-install", "pyright"]) })
        {
            try
            {
                var answer = await CommandLine.RunAsync(
                    program, [.. arguments, "--version"], folder, cancellationToken: TestContext.Current.CancellationToken);
                if (answer.ExitCode == 0)
                    return (program, arguments);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not on PATH.
            }
        }

        Assert.Skip("Pyright is neither on PATH nor known to npx; `npm install --global pyright` brings it.");
        throw new InvalidOperationException("Unreachable: the line above skips the test.");
    }
}
