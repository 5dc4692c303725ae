namespace TypedPool;

/// <summary>What happens to a command that has run for longer than it may.</summary>
public enum TimeoutAction
{
    /// <summary>Its worker is killed, at once, and replaced.</summary>
    Kill,

    /// <summary>
    /// It is stopped as a cancelled one is: told, then interrupted by an exception, and its worker is killed only where that
    /// does not end it within <see cref="PythonPoolOptions.CancelGrace"/> and <see cref="PythonPoolOptions.InterruptGrace"/>.
    /// </summary>
    Interrupt,
}
