using System.Collections;
using System.Runtime.InteropServices;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>Runs the .NET SDK as a user at a fresh prompt would, except that nothing of it stays behind.</summary>
internal static class Dotnet
{
    /// <summary>The folder of the .NET that runs these tests.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Runs a command of the SDK.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="environment">Variables beside the usual ones.</param>
    public static Task<CommandLine.Outcome> RunAsync(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var variables = FreshPrompt();
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            variables[name] = value;
        return CommandLine.RunAsync("dotnet", arguments, folder, variables, TestContext.Current.CancellationToken);
    }

    /// <summary>Removes what the outer `dotnet test` has set for itself, and the Python that the machine's user may have chosen.</summary>
    private static Dictionary<string, string?> FreshPrompt()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("TYPEDPOOL", StringComparison.OrdinalIgnoreCase) && name != "TYPEDPOOL_TEST_RUN"
                || name is "VIRTUAL_ENV" or "NoBuild" or "Configuration")
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);

        variables["DOTNET_ROOT"] = Root;
        variables["DOTNET_NOLOGO"] = "1";
        variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        variables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        variables["DOTNET_TieredPGO"] = "0";
        // No build server outlives its build.
        variables["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        variables["MSBUILDDISABLENODEREUSE"] = "1";
        variables["UseSharedCompilation"] = "false";
        variables["UseRazorBuildServer"] = "false";
        return variables;
    }
}
