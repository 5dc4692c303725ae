using System.Text.Json;
using Microsoft.Extensions.Logging;
using TypedPool.Telemetry;

namespace TypedPool.Workers;

/// <summary>Reads the params of <c>$/log</c>.</summary>
internal static class WorkerOutputReader
{
    /// <summary>Reads what a worker said.</summary>
    /// <param name="json">The params.</param>
    /// <param name="lost">How much it could not send before that.</param>
    /// <returns>What it said; null where it said nothing, or nothing that can be understood.</returns>
    internal static WorkerOutput? TryRead(ReadOnlySpan<byte> json, out long lost)
    {
        lost = 0;
        try
        {
            var reader = new Utf8JsonReader(json);
            var told = JsonElement.ParseValue(ref reader);
            lost = told.TryGetProperty("dropped"u8, out var dropped) && dropped.TryGetInt64(out var count) && count > 0 ? count : 0;
            return Text(told, "message"u8) is not { } text ? null : new WorkerOutput(text)
            {
                Logger = Text(told, "logger"u8),
                Level = told.TryGetProperty("level"u8, out var level) ? LevelOf(level.GetDouble()) : LogLevel.Information,
                Exception = Text(told, "exception"u8) ?? "",
                Stream = Text(told, "stream"u8),
                Call = told.TryGetProperty("call"u8, out var call) && call.ValueKind == JsonValueKind.Number && call.TryGetInt64(out var id) ? id : null,
                Command = Text(told, "command"u8),
                Session = Text(told, "session"u8),
                Fields = told.TryGetProperty("fields"u8, out var fields) ? [.. fields.EnumerateObject().Select(Field)] : [],
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Python counts levels in tens, and lets others be put between them.</summary>
    private static LogLevel LevelOf(double level) => level switch
    {
        < 10 => LogLevel.Trace,
        < 20 => LogLevel.Debug,
        < 30 => LogLevel.Information,
        < 40 => LogLevel.Warning,
        < 50 => LogLevel.Error,
        _ => LogLevel.Critical,
    };

    private static KeyValuePair<string, object?> Field(JsonProperty field) => new(field.Name, field.Value.ValueKind switch
    {
        JsonValueKind.String => field.Value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when field.Value.TryGetInt64(out var number) => number,
        JsonValueKind.Number => field.Value.GetDouble(),
        _ => field.Value.GetRawText(),
    });

    private static string? Text(JsonElement told, ReadOnlySpan<byte> name) =>
        told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
