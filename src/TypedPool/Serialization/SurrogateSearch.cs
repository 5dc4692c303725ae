using System.Runtime.InteropServices;

namespace TypedPool.Serialization;

/// <summary>Looks for halves of surrogate pairs, which most strings have none of.</summary>
internal static class SurrogateSearch
{
    private const int InWord = sizeof(ulong) / sizeof(char);
    private const int ShortInWords = 32;

    /// <summary>The highest bit of four characters: all surrogates have it.</summary>
    private const ulong HighestBits = 0x8000_8000_8000_8000;

    /// <summary>Whether a string holds no surrogate, neither paired nor alone.</summary>
    internal static bool IsWithout(ReadOnlySpan<char> text) =>
        (text.Length <= ShortInWords && IsLow(text)) || text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    /// <summary>Whether no character of a short text has its highest bit. It is quicker than a search, and nearly always enough.</summary>
    private static bool IsLow(ReadOnlySpan<char> text)
    {
        var bits = 0UL;
        if (text.Length < InWord)
        {
            foreach (var c in text)
            {
                bits |= c;
            }

            return (bits & HighestBits) == 0;
        }

        foreach (var word in MemoryMarshal.Cast<char, ulong>(text))
        {
            bits |= word;
        }

        return ((bits | MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text[^InWord..]))) & HighestBits) == 0;
    }
}
