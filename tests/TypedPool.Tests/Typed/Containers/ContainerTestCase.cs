using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Typed.Containers;

/// <summary>A worker with the commands of <c>typed_containers</c>.</summary>
public abstract class ContainerTestCase : IAsyncLifetime
{
    private PythonPool _pool = null!;

    private protected ContainerCommands Commands { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new PythonPoolOptions { Module = "typed_containers", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch };
        _pool = await ContainerCommands.StartAsync(options);
        Commands = new ContainerCommands(_pool);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
