namespace TypedPool;

/// <summary>How a pool's workers are started.</summary>
public enum PoolLaunch
{
    /// <summary>Each as a Python of its own, which imports the module.</summary>
    Spawn,

    /// <summary>Forked from one process that has imported the module once; spawned where that cannot be had. Linux only.</summary>
    ForkServer,
}
