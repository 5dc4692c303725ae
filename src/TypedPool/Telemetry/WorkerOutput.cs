using Microsoft.Extensions.Logging;

namespace TypedPool.Telemetry;

/// <summary>What runs in a worker has said: a line that was printed, or a record of Python's <c>logging</c>.</summary>
/// <param name="Text">The line, or the record's message.</param>
internal sealed record WorkerOutput(string Text)
{
    /// <summary>The name of the record's logger; null for what was printed.</summary>
    internal string? Logger { get; init; }

    /// <summary>The record's level.</summary>
    internal LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>The traceback of the record, and the stack where it has one; empty where it has neither.</summary>
    internal string Exception { get; init; } = "";

    /// <summary>Where it was printed, <c>stdout</c> or <c>stderr</c>; null where that is not known, or it is a record.</summary>
    internal string? Stream { get; init; }

    /// <summary>The id of the call that said it; null where none did, or that is not known.</summary>
    internal long? Call { get; init; }

    /// <summary>The command of that call.</summary>
    internal string? Command { get; init; }

    /// <summary>The session of that call; null where it has none.</summary>
    internal string? Session { get; init; }

    /// <summary>What the record has beside its text, by name.</summary>
    internal IReadOnlyList<KeyValuePair<string, object?>> Fields { get; init; } = [];

    /// <summary>All of it as text.</summary>
    internal string Whole => Exception.Length == 0 ? Text : $"{Text}\n{Exception}";
}
