namespace TypedPool.Tests.Runtime;

/// <summary>Pools of real workers over the commands of these tests.</summary>
internal static class Pools
{
    /// <summary>Says how the workers of tests are started that do not say so themselves; unset, they are spawned.</summary>
    private const string LaunchVariable = "TYPEDPOOL_LAUNCH";

    internal static PoolLaunch Launch { get; } =
        Enum.TryParse<PoolLaunch>(Environment.GetEnvironmentVariable(LaunchVariable), out var launch) ? launch : PoolLaunch.Spawn;

    internal static PythonPoolOptions Options(string module = "pool_commands") => new()
    {
        Module = module,
        SearchPaths = { "python" },
        Size = 1,
        Overflow = 0,
        Launch = Launch,
    };

    internal static Task<PythonPool> StartAsync(Action<PythonPoolOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        return PythonPool.StartAsync(options);
    }
}
