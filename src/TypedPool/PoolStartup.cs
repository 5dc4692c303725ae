namespace TypedPool;

/// <summary>When a pool's workers are started.</summary>
public enum PoolStartup
{
    /// <summary>At once, all side by side; the start of the pool waits for them, and fails where one of them fails.</summary>
    Eager,

    /// <summary>At once, all side by side; the start of the pool does not wait for them.</summary>
    Background,

    /// <summary>When calls wait for them.</summary>
    Lazy,
}
