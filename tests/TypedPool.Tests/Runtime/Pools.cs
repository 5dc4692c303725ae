namespace TypedPool.Tests.Runtime;

/// <summary>Pools of real workers over the commands of these tests.</summary>
internal static class Pools
{
    internal static PythonPoolOptions Options(string module = "pool_commands") => new()
    {
        Module = module,
        SearchPaths = { "python" },
        Size = 1,
        Overflow = 0,
    };

    internal static Task<PythonPool> StartAsync(Action<PythonPoolOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        return PythonPool.StartAsync(options);
    }
}
