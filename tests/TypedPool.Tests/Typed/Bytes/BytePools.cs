namespace TypedPool.Tests.Typed.Bytes;

/// <summary>A pool of real workers with the commands of bytes.</summary>
internal static class BytePools
{
    internal static Task<PythonPool> StartAsync(int size = 1, Action<PythonPoolOptions>? set = null)
    {
        var options = new PythonPoolOptions { Module = "typed_bytes", SearchPaths = { "python" }, Size = size, Overflow = 0 };
        set?.Invoke(options);
        return ByteCommands.StartAsync(options);
    }
}
