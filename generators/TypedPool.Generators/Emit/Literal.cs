using System.Globalization;
using System.Text;

namespace TypedPool.Generators.Emit;

/// <summary>Writes C# literals; all but letters and digits beyond ASCII as escapes.</summary>
internal static class Literal
{
    public static string Of(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                literal.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~' || (c > '~' && char.IsLetterOrDigit(c) && !char.IsSurrogate(c)))
            {
                literal.Append(c);
            }
            else
            {
                literal.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A literal of UTF-8.</summary>
    public static string Utf8(string text) => Of(text) + "u8";

    /// <summary>A literal of a <c>double</c>, which is always one.</summary>
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture) + "D";

    /// <summary>A literal of a <c>long</c>, which is always one.</summary>
    public static string Long(long number) => number == long.MinValue ? "long.MinValue" : number.ToString(CultureInfo.InvariantCulture) + "L";

    public static string Of(long number) => number == long.MinValue
        ? "long.MinValue"
        : number.ToString(CultureInfo.InvariantCulture) + (number is > int.MaxValue or < int.MinValue ? "L" : "");
}
