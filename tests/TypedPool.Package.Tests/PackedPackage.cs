using System.Reflection;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>The package, packed once for all tests, as a source of packages.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The packed file.</summary>
    public string File => _folder["TypedPool.0.1.0.nupkg"];

    /// <summary>Where packages are unpacked: a folder of its own, so that no earlier TypedPool of this version stands in for this one.</summary>
    public string UnpackedPackages => _folder["packages"];

    /// <summary>Tells the projects below a folder to take TypedPool from here, and all else from the usual places.</summary>
    public void Offer(TemporaryFolder projects)
    {
        ArgumentNullException.ThrowIfNull(projects);
        var home = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // What the machine has unpacked already is used where it lies.
        var usual = Directory.Exists(home) ? $"""<add key="usual" value="{home}" />""" : "";
        projects.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{UnpackedPackages}" /></config>
              <fallbackPackageFolders>{usual}</fallbackPackageFolders>
              <packageSources><add key="packed" value="{_folder.Path}" /></packageSources>
            </configuration>
            """);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await PackAsync(_folder.Path);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Packs what this run of the tests was built with.</summary>
    internal static async Task PackAsync(string into)
    {
        var configuration = typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "Configuration").Value!;
        var outcome = await Dotnet.RunAsync(
            RepositoryRoot.Path, ["pack", "src/TypedPool", "--no-build", "-c", configuration, "-o", into, "-v:q", "-tl:off"]);
        Assert.True(outcome.ExitCode == 0, outcome.Output);
    }
}
