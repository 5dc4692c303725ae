using TypedPool.Tests.Runtime;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>A pool of real workers with the commands of bytes.</summary>
internal static class BytePools
{
    /// <summary>One whose workers have no shared memory.</summary>
    internal static Task<PythonPool> StartThroughPipeAsync(Action<PythonPoolOptions>? set = null) => StartAsync(set: options =>
    {
        options.Environment["TYPED_PIPE_ONLY"] = "1";
        set?.Invoke(options);
    });

    internal static Task<PythonPool> StartAsync(int size = 1, Action<PythonPoolOptions>? set = null)
    {
        var options = new PythonPoolOptions { Module = "typed_bytes", SearchPaths = { "python" }, Size = size, Overflow = 0, Launch = Pools.Launch };
        set?.Invoke(options);
        return ByteCommands.StartAsync(options);
    }
}
