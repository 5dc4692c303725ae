namespace TypedPool.Workers;

/// <summary>How long something may take, and which setting says so.</summary>
/// <param name="Time">How long; zero where the time was over before it began.</param>
/// <param name="Setting">The setting.</param>
internal readonly record struct TimeLimit(TimeSpan Time, string Setting)
{
    /// <summary>What to do about a limit that was too short.</summary>
    internal string Advice => IsDeadline ? "Set a later Deadline in the options of the call" : $"Set {Setting} in the options of the pool or the call";

    /// <summary>Whether it is the call's deadline, which comes before the limit of the clock itself.</summary>
    internal bool IsDeadline => Setting == nameof(CallOptions.Deadline);

    /// <summary>The setting and its value, for a message.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsDeadline ? $"Deadline ({Time} were left)" : $"{Setting} ({Time})";
}
