using System.Text;

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
}
