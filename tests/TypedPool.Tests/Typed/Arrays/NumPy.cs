using TypedPool.Testing;
using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Typed.Arrays;

/// <summary>A Python that has NumPy.</summary>
internal static class NumPy
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The executable; skips the test where there is none.</summary>
    internal static string Path
    {
        get
        {
            Assert.SkipWhen(Found.Value is null, "No Python 3.9 or later here has NumPy. On Debian: apt-get install python3-numpy.");
            return Found.Value!;
        }
    }

    internal static Task<PythonPool> StartAsync() => ArrayCommands.StartAsync(new PythonPoolOptions
    {
        Module = "typed_arrays",
        SearchPaths = { "python" },
        PythonPath = Path,
        Size = 1,
        Overflow = 0,
        Launch = Pools.Launch,
    });

    private static string? Find() => Python.Supported
        .Select(python => python.Path)
        .Append("/usr/bin/python3")
        .Where(File.Exists)
        .FirstOrDefault(path => CommandLine.RunAsync(path, ["-c", "import numpy"]).GetAwaiter().GetResult().ExitCode == 0);
}
