using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Json;

/// <summary>
/// A JSON text without the white space that means nothing. Texts that differ in nothing else come to the same one, and every
/// place in it is a place in each of them.
/// </summary>
internal static class CompactJson
{
    /// <summary>Removes white space, but for what a malformed text needs to stay as malformed, where it is.</summary>
    public static string Of(string text)
    {
        var kept = new char[text.Length];
        return new string(kept, 0, Keep(text, kept, null));
    }

    /// <summary>Finds where places of the compact text stand in the text itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="compact">Parts of what <see cref="Of"/> makes of it.</param>
    public static IEnumerable<TextSpan> Places(string text, IEnumerable<TextSpan> compact)
    {
        var places = new int[text.Length + 1];
        var end = Keep(text, new char[text.Length], places);
        places[end] = text.Length;
        return compact.Select(span => span.IsEmpty
            ? new TextSpan(places[span.Start], 0)
            : TextSpan.FromBounds(places[span.Start], places[span.End - 1] + 1));
    }

    /// <returns>How many characters are kept.</returns>
    private static int Keep(string text, char[] kept, int[]? places)
    {
        var count = 0;
        var isInString = false;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (isInString)
            {
                if (c == '\\' && at + 1 < text.Length)
                {
                    Put(c, at++);
                    c = text[at];
                }
                else
                {
                    isInString = c != '"';
                }
            }
            else if (IsSpace(c))
            {
                if (!Separates(text, at, kept, count))
                {
                    continue;
                }

                c = ' ';
            }
            else
            {
                isInString = c == '"';
            }

            Put(c, at);
        }

        return count;

        void Put(char c, int at)
        {
            if (places is not null)
            {
                places[count] = at;
            }

            kept[count++] = c;
        }
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r';

    /// <summary>Whether two words would become one, or a number that breaks off would break off elsewhere.</summary>
    private static bool Separates(string text, int at, char[] kept, int count)
    {
        if (count == 0 || !IsOfWord(kept[count - 1]))
        {
            return false;
        }

        if (kept[count - 1] is '-' or '+' or '.' || (kept[count - 1] is 'e' or 'E' && count > 1 && kept[count - 2] is >= '0' and <= '9'))
        {
            return true;
        }

        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return at < text.Length && IsOfWord(text[at]);
    }

    private static bool IsOfWord(char c) => c is not ('{' or '}' or '[' or ']' or ',' or ':' or '"') && !IsSpace(c);
}
