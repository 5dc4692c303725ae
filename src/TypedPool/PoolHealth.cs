namespace TypedPool;

/// <summary>How a pool does.</summary>
public enum PoolHealth
{
    /// <summary>As many workers run as are to be kept, or none is wanted yet, and each answers.</summary>
    Healthy,

    /// <summary>Some workers run, but fewer than are to be kept; or the last start of one failed; or some have left a ping unanswered.</summary>
    Degraded,

    /// <summary>No worker runs, or none that answers; or the pool is stopping or stopped.</summary>
    Unhealthy,
}
