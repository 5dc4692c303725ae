using Microsoft.Extensions.Logging;

namespace TypedPool.Testing.Logging;

/// <summary>One line that was logged.</summary>
/// <param name="Category">The logger's category.</param>
/// <param name="Level">Its level.</param>
/// <param name="Id">The event's id and name.</param>
/// <param name="Message">The formatted message.</param>
/// <param name="Exception">What was logged with it.</param>
/// <param name="Values">The structured values, by name.</param>
public sealed record LogEntry(
    string Category,
    LogLevel Level,
    EventId Id,
    string Message,
    Exception? Exception,
    IReadOnlyDictionary<string, object?> Values)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"[{Level}] {Category} {Id}: {Message}{(Exception is null ? "" : Environment.NewLine + Exception)}";
}
