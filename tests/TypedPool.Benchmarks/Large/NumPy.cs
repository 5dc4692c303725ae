using TypedPool.Benchmarks.Peers;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Large;

/// <summary>Looks for a Python that has NumPy.</summary>
internal static class NumPy
{
    private const string SystemPython = "/usr/bin/python3";

    /// <summary>The Python that pools use, or that of the system.</summary>
    /// <returns>Its path; null where neither has NumPy.</returns>
    internal static async Task<string?> FindAsync()
    {
        var usual = await new PythonFinder(new PythonPoolOptions(), Environment.GetEnvironmentVariable).FindAsync(CancellationToken.None);
        if (await HasAsync(usual.Path))
            return usual.Path;

        return File.Exists(SystemPython) && await HasAsync(SystemPython) ? SystemPython : null;
    }

    private static async Task<bool> HasAsync(string python) => (await PythonScript.AskAsync(python, "import numpy")).IsGood;
}
