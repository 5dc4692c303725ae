using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPool.Generators.Naming;

/// <summary>Makes C# identifiers by C#'s conventions from names by anybody's.</summary>
internal static class Identifier
{
    /// <summary>The length above which a name is cut and told apart by a hash.</summary>
    private const int Longest = 120;

    /// <summary><c>top_k</c>, <c>TOP_K</c> and <c>topK</c> are <c>TopK</c>.</summary>
    public static string Pascal(string name) => Join(name, Words.Of(name).Select(Capitalized));

    /// <summary>The name of a class, which is kept but for what C# forbids: <c>HTTPError</c> stays.</summary>
    public static string Type(string name) => Join(name, Words.Of(name).Select(UpperFirst));

    /// <summary><c>top_k</c> is <c>topK</c>, <c>URL</c> is <c>url</c>, <c>HTTPServer</c> is <c>httpServer</c>.</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var upper = 0;
        while (upper < pascal.Length && char.IsUpper(pascal[upper]))
        {
            upper++;
        }

        // Of several capitals before a small letter the last begins the next word.
        var lowered = upper > 1 && upper < pascal.Length && char.IsLower(pascal[upper]) ? upper - 1 : upper;
        return pascal.Substring(0, lowered).ToLowerInvariant() + pascal.Substring(lowered);
    }

    /// <summary>The name as it stands in source: keywords, contextual ones too, with <c>@</c>.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    public static string EscapeNamespace(string name) => string.Join(".", name.Split('.').Select(Escape));

    public static bool IsValid(string name) => SyntaxFacts.IsValidIdentifier(name) && name.All(NotFormat);

    public static bool IsValidNamespace(string name) => name.Split('.').All(IsValid);

    /// <summary>The nearest valid namespace to any text.</summary>
    public static string Namespace(string name) => string.Join(".", name.Split('.').Select(NamespacePart));

    private static string NamespacePart(string part)
    {
        var kept = new string([.. part.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) && NotFormat(c) ? c : '_')]);
        return kept.Length > 0 && SyntaxFacts.IsIdentifierStartCharacter(kept[0]) ? kept : "_" + kept;
    }

    private static bool NotFormat(char c) => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format;

    private static string Join(string name, IEnumerable<string> words)
    {
        var joined = new StringBuilder();
        foreach (var word in words)
        {
            // 1.0 is not 10.
            if (joined.Length > 0 && char.IsDigit(joined[joined.Length - 1]) && char.IsDigit(word[0]))
            {
                joined.Append('_');
            }

            joined.Append(word);
        }

        if (!SyntaxFacts.IsIdentifierStartCharacter(joined[0]))
        {
            joined.Insert(0, '_');
        }

        return joined.Length <= Longest
            ? joined.ToString()
            : joined.ToString(0, Longest - 9).TrimEnd('_') + "_" + StableHash.Suffix(name);
    }

    private static string Capitalized(string word) =>
        word.Any(char.IsLower) || word.Length == 1
            ? UpperFirst(word)
            : word.Substring(0, 1) + word.Substring(1).ToLowerInvariant();

    private static string UpperFirst(string word) => char.ToUpperInvariant(word[0]) + word.Substring(1);
}
