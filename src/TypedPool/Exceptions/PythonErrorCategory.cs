namespace TypedPool;

/// <summary>Kinds of failure, by what one can do about them.</summary>
public enum PythonErrorCategory
{
    /// <summary>A clock ran out.</summary>
    Timeout,

    /// <summary>Something that the pool needs is not there: a worker, a running pool.</summary>
    Resource,

    /// <summary>The two sides do not understand each other.</summary>
    Communication,

    /// <summary>The Python code raised an exception.</summary>
    Application,

    /// <summary>The arguments do not fit the command.</summary>
    Argument,

    /// <summary>A process failed: it did not start, or it died.</summary>
    System,
}
