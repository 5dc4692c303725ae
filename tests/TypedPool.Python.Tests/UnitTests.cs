using TypedPool.Testing;
using Xunit;

namespace TypedPool.BridgeTests;

/// <summary>
/// The tests of the Python package: file by file under the default Python, all at once under the oldest there may be, and under
/// all the later ones where TYPEDPOOL_PYTHONS is "all".
/// </summary>
public sealed class UnitTests
{
    private const int OldestMinor = 9;
    private const int NewestMinor = 13;

    private static readonly string Folder = RepositoryRoot.Combine("python");

    /// <summary>One row for each python/tests/test_*.py.</summary>
    public static TheoryData<string> Files
    {
        get
        {
            var folder = new DirectoryInfo(Path.Combine(Folder, "tests"));
            var files = folder.Exists ? folder.EnumerateFiles("test_*.py") : [];
            return [.. files.Select(file => Path.GetFileNameWithoutExtension(file.Name)).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The minor versions to try, without the default Python's.</summary>
    public static TheoryData<int> OtherMinorVersions
    {
        get
        {
            var usual = Python.FirstSupported?.Version.Minor;
            int[] minors = Environment.GetEnvironmentVariable("TYPEDPOOL_PYTHONS") == "all"
                ? [.. Enumerable.Range(OldestMinor, NewestMinor - OldestMinor + 1)]
                : [OldestMinor];
            return [.. minors.Where(minor => minor != usual)];
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    [HangLimit(120)]
    public async Task File_passes_under_the_default_Python(string file) =>
        await PassAsync(await PythonForAsync(file), [$"tests.{file}"]);

    [Theory]
    [MemberData(nameof(OtherMinorVersions))]
    [HangLimit(300)]
    public async Task All_pass_under_Python_3(int minor)
    {
        var python = Python.OfVersion(3, minor);
        Assert.SkipWhen(Files.Count == 0, "python/tests holds no tests.");
        await PassAsync(python, [.. Files.Select(file => $"tests.{file.Data}")]);
    }

    /// <summary>The default Python, or the one that has what the tests of a file are about.</summary>
    private static async Task<Python> PythonForAsync(string file)
    {
        bool isAboutLibraries = file is "test_attrs" or "test_constraints" or "test_ordered_defaults" or "test_pydantic" or "test_pydantic_fields";
        return isAboutLibraries ? await Python.FirstWithAsync("attrs", "pydantic_core") ?? Python.Default
            : file == "test_aliases" ? Python.Supported.LastOrDefault() ?? Python.Default // Type statements are new.
            : Python.Default;
    }

    private static async Task PassAsync(Python python, string[] modules)
    {
        var run = await UnittestRun.OfAsync(python, Folder, modules);

        Assert.True(run.Passed, $"{python}: {string.Join(' ', modules)}{Environment.NewLine}{run.Output}");
        TestContext.Current.TestOutputHelper?.WriteLine(run.Output);
        var skips = string.Join("; ", run.Skips);
        Assert.SkipWhen(run.WasSkipped, skips);
        if (run.Skips.Count > 0)
            TestContext.Current.AddWarning($"{run.Skips.Count} of {run.Ran} Python tests were skipped: {skips}");
    }
}
