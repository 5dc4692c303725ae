using TypedPool.Tests.Runtime;

namespace TypedPool.Tests.Typed;

/// <summary>A pool of real workers with the generated commands of these tests.</summary>
internal static class TypedPools
{
    internal static Task<PythonPool> StartAsync(int size = 1) =>
        TypedCommands.StartAsync(new PythonPoolOptions { Module = "typed_commands", SearchPaths = { "python" }, Size = size, Overflow = 0, Launch = Pools.Launch });
}
