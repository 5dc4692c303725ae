using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPool.Generators.Naming;

/// <summary>Splits any text into the words that an identifier can be made of.</summary>
internal static class Words
{
    /// <summary>The words; for text without a letter or digit the names of its characters, so never none.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var signed = text.Length > 1 && text[0] is '-' or '+' && text.Length > 1 && char.IsDigit(text[1]);
        if (signed)
        {
            words.Add(text[0] == '-' ? "Minus" : "Plus");
        }

        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (IsPart(c))
            {
                word.Append(c);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                End();
            }
        }

        End();
        return words.Count > 0 ? words : text.Length == 0 ? ["Empty"] : [.. text.Select(Spoken)];

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    /// <summary>
    /// Whether a character may stand in a word. Formatting characters may stand in C# identifiers, but do not tell
    /// them apart; the underscore and its like separate words.
    /// </summary>
    private static bool IsPart(char c) => SyntaxFacts.IsIdentifierPartCharacter(c)
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.ConnectorPunctuation);

    private static string Spoken(char c) => c switch
    {
        ' ' => "Space",
        '!' => "Not",
        '"' => "Quote",
        '#' => "Hash",
        '$' => "Dollar",
        '%' => "Percent",
        '&' => "And",
        '\'' => "Apostrophe",
        '(' => "Open",
        ')' => "Close",
        '*' => "Star",
        '+' => "Plus",
        ',' => "Comma",
        '-' => "Minus",
        '.' => "Dot",
        '/' => "Slash",
        ':' => "Colon",
        ';' => "Semicolon",
        '<' => "Less",
        '=' => "Equal",
        '>' => "Greater",
        '?' => "Question",
        '@' => "At",
        '\\' => "Backslash",
        '^' => "Caret",
        '_' => "Underscore",
        '|' => "Or",
        '~' => "Tilde",
        _ => "U" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
    };
}
