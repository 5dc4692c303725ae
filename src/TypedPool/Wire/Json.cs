using System.Text;
using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>How JSON is read here.</summary>
internal static class Json
{
    /// <summary>How deep values may nest: as deep as Python's own reader follows by default.</summary>
    internal const int MaxDepth = 1000;

    private const int LongestShown = 200;

    /// <summary>JSON for a message to a person, cut where it is long.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The text.</returns>
    internal static string Shown(ReadOnlySpan<byte> json) =>
        json.Length <= LongestShown ? Encoding.UTF8.GetString(json) : Encoding.UTF8.GetString(json[..LongestShown]) + "…";

    /// <summary>Passes over the value of a member.</summary>
    /// <param name="reader">A reader on the member's name.</param>
    /// <returns>Where the value stands.</returns>
    internal static Range Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}
