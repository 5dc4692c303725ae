using System.Collections.Immutable;
using System.Diagnostics;
using Xunit;

namespace TypedPool.Testing;

/// <summary>A Python on this machine.</summary>
/// <param name="Path">The absolute path of its executable.</param>
/// <param name="Version">Its version, such as 3.11.7.</param>
public sealed record Python(string Path, Version Version)
{
    private static readonly Version Oldest = new(3, 9);
    private static readonly Lazy<ImmutableArray<Python>> Found = new(Find);

    /// <summary>Every Python found, whatever its version: named by TYPEDPOOL_PYTHON, on PATH, then pyenv's, oldest first.</summary>
    public static ImmutableArray<Python> All => Found.Value;

    /// <summary>The newest of each supported minor version (3.9 and later), oldest first.</summary>
    public static IEnumerable<Python> Supported => All
        .Where(python => python.Version >= Oldest)
        .OrderBy(python => python.Version)
        .GroupBy(python => (python.Version.Major, python.Version.Minor), (_, same) => same.Last());

    /// <summary>The first supported one, that is TYPEDPOOL_PYTHON or the one on PATH; null where there is none.</summary>
    public static Python? FirstSupported => All.FirstOrDefault(python => python.Version >= Oldest);

    /// <summary>The first supported one; skips the test where there is none.</summary>
    public static Python Default
    {
        get
        {
            Assert.SkipWhen(
                FirstSupported is null,
                "There is no Python 3.9 or later here: neither TYPEDPOOL_PYTHON, nor on PATH, nor in ~/.pyenv/versions.");
            return FirstSupported!;
        }
    }

    /// <summary>The Python of a minor version, such as 3.12; skips the test where there is none.</summary>
    public static Python OfVersion(int major, int minor)
    {
        var newest = All.Where(python => python.Version.Major == major && python.Version.Minor == minor).MaxBy(python => python.Version);
        Assert.SkipWhen(newest is null, $"There is no Python {major}.{minor} here: neither TYPEDPOOL_PYTHON, nor on PATH, nor in ~/.pyenv/versions.");
        return newest!;
    }

    /// <summary>The first supported one that imports all these modules; null where there is none.</summary>
    public static async Task<Python?> FirstWithAsync(params IReadOnlyList<string> modules)
    {
        foreach (var python in All.Where(python => python.Version >= Oldest))
        {
            if ((await CommandLine.RunAsync(python.Path, ["-c", $"import {string.Join(", ", modules)}"])).ExitCode == 0)
                return python;
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Python {Version}";

    private static ImmutableArray<Python> Find() =>
    [
        .. Candidates().Distinct(StringComparer.Ordinal).AsParallel().AsOrdered()
            .Select(Ask).OfType<Python>().DistinctBy(python => python.Path, StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("TYPEDPOOL_PYTHON") is { Length: > 0 } named)
            yield return named;

        string[] names = OperatingSystem.IsWindows() ? ["python.exe"] : ["python3", "python", .. Enumerable.Range(9, 7).Select(minor => $"python3.{minor}")];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var path in from name in names from folder in folders select System.IO.Path.Combine(folder, name))
        {
            if (File.Exists(path))
                yield return path;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var (pyenv, executable) = OperatingSystem.IsWindows() ? (".pyenv/pyenv-win/versions", "python.exe") : (".pyenv/versions", "bin/python");
        var versions = new DirectoryInfo(System.IO.Path.Combine(home, pyenv));
        foreach (var version in versions.Exists ? versions.GetDirectories() : [])
        {
            if (System.IO.Path.Combine(version.FullName, executable) is var path && File.Exists(path))
                yield return path;
        }
    }

    /// <summary>Asks the executable who it is, since a shim answers for another; null where it does not answer like a Python.</summary>
    private static Python? Ask(string path)
    {
        const string Question = "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, ["-c", Question])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            process!.StandardInput.Close();
            using var output = process.StandardOutput; // Which the process, once asked for it, leaves open.
            var answer = output.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
            process.WaitForExit();
            return process.ExitCode == 0 && Version.TryParse(answer.ElementAtOrDefault(1), out var version)
                ? new Python(answer[0], version)
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // Not to be executed.
        }
    }
}
