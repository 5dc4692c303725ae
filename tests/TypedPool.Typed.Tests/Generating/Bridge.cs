using TypedPool.Testing;

namespace TypedPool.TypedTests.Generating;

/// <summary>The real bridge's command line.</summary>
internal static class Bridge
{
    /// <summary>Exports a module, every position of which must be typed or meant to be anything.</summary>
    /// <returns>The schema.</returns>
    public static async Task<string> ExportAsync(string module, Python python)
    {
        var schema = Path.ChangeExtension(module, ".openrpc.json");
        await RunAsync(python, ["export", module, "-o", schema]);
        return await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a command successfully, with the default Python.</summary>
    public static Task RunAsync(params string[] arguments) => RunAsync(Python.Default, arguments);

    private static async Task RunAsync(Python python, string[] arguments)
    {
        var outcome = await CommandLine.RunAsync(
            python.Path, [RepositoryRoot.Combine("python", "__main__.py"), .. arguments], cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(outcome.ExitCode == 0, outcome.Output);
    }
}
