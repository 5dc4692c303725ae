using System.Collections.Concurrent;

namespace TypedPool.Testing;

/// <summary>
/// Compiled Python sources. Tests start Python hundreds of times, in places where it may be told to write no bytecode, and
/// would then compile the bridge anew each time. Modules that tests write stay uncompiled: two versions of one, written within
/// a second, look the same to Python.
/// </summary>
public static class Bytecode
{
    private static readonly ConcurrentDictionary<(string Python, string Folder), Lazy<Task>> Done = new();

    /// <summary>Compiles the sources of a folder, once for each Python in the life of this process.</summary>
    /// <param name="python">For which Python.</param>
    /// <param name="folder">The folder, with those below it.</param>
    public static Task PrepareAsync(Python python, string folder)
    {
        ArgumentNullException.ThrowIfNull(python);
        return Done.GetOrAdd((python.Path, folder), static key => new(() => CompileAsync(key.Python, key.Folder))).Value;
    }

    private static async Task CompileAsync(string python, string folder)
    {
        var outcome = await CommandLine.RunAsync(python, ["-m", "compileall", "-q", folder]);
        if (outcome.ExitCode != 0)
            throw new InvalidOperationException($"{folder} holds sources that {python} does not compile:{Environment.NewLine}{outcome.Output}");
    }
}
