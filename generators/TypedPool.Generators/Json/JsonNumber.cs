namespace TypedPool.Generators.Json;

/// <summary>The grammar of JSON numbers.</summary>
internal static class JsonNumber
{
    /// <summary>The length of the number that begins here; where it is malformed, the negated length of its sound part, or 0.</summary>
    public static int Length(string text, int start)
    {
        var at = start;
        if (At(text, at) == '-')
        {
            at++;
        }

        if (At(text, at) == '0')
        {
            at++;
        }
        else if (!Digits(text, ref at))
        {
            return start - at;
        }

        if (At(text, at) == '.')
        {
            at++;
            if (!Digits(text, ref at))
            {
                return start - at;
            }
        }

        if (At(text, at) is 'e' or 'E')
        {
            at++;
            if (At(text, at) is '+' or '-')
            {
                at++;
            }

            if (!Digits(text, ref at))
            {
                return start - at;
            }
        }

        return at - start;
    }

    private static bool Digits(string text, ref int at)
    {
        var first = at;
        while (At(text, at) is >= '0' and <= '9')
        {
            at++;
        }

        return at > first;
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';
}
