namespace TypedPool;

/// <summary>How a pool does.</summary>
public enum PoolHealth
{
    /// <summary>As many workers run as are to be kept, or none is wanted yet.</summary>
    Healthy,

    /// <summary>Some workers run, but fewer than are to be kept; or the last start of one failed.</summary>
    Degraded,

    /// <summary>No worker runs, or the pool is stopping or stopped.</summary>
    Unhealthy,
}
