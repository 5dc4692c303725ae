namespace TypedPool;

/// <summary>How far a call had come when its worker was lost.</summary>
public enum Delivery
{
    /// <summary>Python cannot have run any of it: it is safe to call again.</summary>
    NotStarted,

    /// <summary>Python may have run some or all of it.</summary>
    MayHaveRun,
}
