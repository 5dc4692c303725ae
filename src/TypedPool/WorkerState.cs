namespace TypedPool;

/// <summary>What a worker does.</summary>
public enum WorkerState
{
    /// <summary>It is being started.</summary>
    Starting,

    /// <summary>It has no call.</summary>
    Free,

    /// <summary>It has a call.</summary>
    Busy,

    /// <summary>It is of no more use, and not gone yet.</summary>
    Leaving,
}
