using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>A folder of projects that use the package. Its path holds spaces and an apostrophe.</summary>
internal sealed class ThrowawayProjects : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal);

    public ThrowawayProjects(PackedPackage package)
    {
        package.Offer(_folder);
        Python = new RecordingPython(_folder);
        _environment["PATH"] = Python.SearchPath;
    }

    /// <summary>The Python that builds find.</summary>
    public RecordingPython Python { get; }

    /// <summary>The absolute path of something in it.</summary>
    public string this[string relativePath] => Path.Combine(_folder["o'brien's apps"], relativePath);

    public string Write(string relativePath, string text) => _folder.Write(Path.Combine("o'brien's apps", relativePath), text);

    public string Read(string relativePath) => File.ReadAllText(this[relativePath]);

    /// <summary>The files below a folder, as paths from there, sorted.</summary>
    public string[] FilesOf(string relativePath) =>
    [
        .. Directory.EnumerateFiles(this[relativePath], "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(this[relativePath], file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Replaces the only occurrence of a text.</summary>
    public void Edit(string relativePath, string old, string @new)
    {
        var text = Read(relativePath);
        Assert.Single(text.Split(old).Skip(1));
        Write(relativePath, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>Makes a file look as if it had just been saved.</summary>
    public void Touch(string relativePath) =>
        File.SetLastWriteTimeUtc(this[relativePath], TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>Runs the SDK in a project's folder.</summary>
    public async Task<CommandLine.Outcome> DotnetAsync(string project, params string[] arguments) =>
        await Dotnet.RunAsync(this[project], [.. arguments, "-v:m", "-tl:off"], _environment);

    /// <summary>Runs the SDK in a project's folder, successfully.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> SucceedAsync(string project, params string[] arguments)
    {
        var outcome = await DotnetAsync(project, arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        return outcome.Output;
    }

    /// <summary>Runs the SDK in a project's folder, without success.</summary>
    /// <returns>The errors that it wrote, one each.</returns>
    public async Task<string[]> FailAsync(string project, params string[] arguments)
    {
        var outcome = await DotnetAsync(project, arguments);
        Assert.True(outcome.ExitCode != 0, outcome.Output);
        var lines = outcome.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Where(line => line.Contains(" error ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }

    public void Dispose() => _folder.Dispose();
}
