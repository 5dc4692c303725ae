using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>A JSON-RPC error as it was received.</summary>
/// <param name="Code">The code.</param>
/// <param name="Message">The message.</param>
/// <param name="Data">The data; undefined where there is none.</param>
internal sealed record WireError(int Code, string Message, JsonElement Data)
{
    internal const int InvalidRequest = -32600;
    internal const int MethodNotFound = -32601;
    internal const int InvalidParams = -32602;
    internal const int InternalError = -32603;
    internal const int UndeclaredException = -32000;
    internal const int Cancelled = -32800;

    /// <summary>What went wrong, qualified: a Python class or one of <c>typedpool.…</c>.</summary>
    internal string Type => Text("type");

    /// <summary>Reads an error.</summary>
    /// <param name="json">The error object.</param>
    /// <returns>The error.</returns>
    /// <exception cref="ProtocolException">It is no error object.</exception>
    internal static WireError Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Json.MaxDepth });
            var error = JsonElement.ParseValue(ref reader);
            return new WireError(
                error.GetProperty("code").GetInt32(),
                error.GetProperty("message").GetString() ?? "",
                error.TryGetProperty("data", out var data) ? data : default);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ProtocolException("The worker sent an error that is none", exception, Json.Shown(json));
        }
    }

    /// <summary>A member of the data that is a string; empty where there is none.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text.</returns>
    internal string Text(string name) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
