using System.Globalization;

namespace TypedPool.Generators.Naming;

/// <summary>A hash that is the same on every machine and in every run (FNV-1a of 32 bits over UTF-16; Fowler, Noll, Vo).</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash;
    }

    /// <summary>The hash as eight lowercase hexadecimal digits.</summary>
    public static string Suffix(string text) => Of(text).ToString("x8", CultureInfo.InvariantCulture);
}
