using System.Globalization;
using System.Text;

namespace TypedPool.Generators.Json;

/// <summary>Decodes JSON strings.</summary>
internal static class JsonString
{
    /// <summary>Reads the string that begins at a quote.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="position">The opening quote; then behind the closing one, or where the error is.</param>
    /// <param name="value">The decoded string, Unicode text always.</param>
    /// <param name="hasLoneSurrogate">Whether U+FFFD stands for half a surrogate pair.</param>
    /// <returns>What was expected at the error, or null.</returns>
    public static string? Read(string text, ref int position, out string value, out bool hasLoneSurrogate)
    {
        value = "";
        hasLoneSurrogate = false;
        var start = ++position;
        StringBuilder? decoded = null;
        while (position < text.Length)
        {
            var c = text[position];
            if (c == '"')
            {
                value = decoded is null ? text.Substring(start, position - start) : decoded.ToString();
                position++;
                hasLoneSurrogate = Repair(ref value);
                return null;
            }

            if (c < ' ')
            {
                return "an escape for a control character, or '\"'";
            }

            if (c == '\\')
            {
                decoded ??= new StringBuilder(text, start, position - start, position - start + 16);
                if (!Escape(text, ref position, decoded))
                {
                    return "an escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u with four hexadecimal digits";
                }
            }
            else
            {
                decoded?.Append(c);
                position++;
            }
        }

        return "'\"'";
    }

    private static bool Escape(string text, ref int position, StringBuilder decoded)
    {
        var c = position + 1 < text.Length ? text[position + 1] : '\0';
        if (c == 'u')
        {
            if (position + 6 > text.Length
                || !IsHex(text, position + 2)
                || !ushort.TryParse(text.Substring(position + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                return false;
            }

            decoded.Append((char)code);
            position += 6;
            return true;
        }

        var plain = "\"\\/bfnrt".IndexOf(c);
        if (plain < 0)
        {
            return false;
        }

        decoded.Append("\"\\/\b\f\n\r\t"[plain]);
        position += 2;
        return true;
    }

    private static bool IsHex(string text, int start)
    {
        for (var i = start; i < start + 4; i++)
        {
            if (text[i] is not ((>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts U+FFFD for each half of a surrogate pair: no C# literal and no file name can hold one.</summary>
    private static bool Repair(ref string value)
    {
        StringBuilder? repaired = null;
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                repaired ??= new StringBuilder(value);
                repaired[i] = '\uFFFD';
            }
        }

        value = repaired?.ToString() ?? value;
        return repaired is not null;
    }
}
