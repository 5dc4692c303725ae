namespace TypedPool.Testing;

/// <summary>Gives one test, or every test of a class, its own limit before it counts as hanging.</summary>
/// <param name="seconds">The limit in seconds; above zero.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class HangLimitAttribute(int seconds) : Attribute
{
    /// <summary>The limit in seconds.</summary>
    public int Seconds { get; } = seconds;
}
