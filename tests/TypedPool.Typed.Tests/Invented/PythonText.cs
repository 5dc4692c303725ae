using System.Globalization;
using System.Text;

namespace TypedPool.TypedTests.Invented;

/// <summary>Values as Python expressions.</summary>
internal static class PythonText
{
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value is '"' or '\\' ? $"\\{(char)rune.Value}"
                : rune.Value is >= ' ' and <= '~' ? ((char)rune.Value).ToString()
                : $"\\U{rune.Value:X8}");
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Different texts for different bits, but for those of NaN, which are one.</summary>
    public static string Of(double number) => number switch
    {
        double.NaN => "float('nan')",
        double.PositiveInfinity => "float('inf')",
        double.NegativeInfinity => "float('-inf')",
        _ => $"float('{number.ToString("R", CultureInfo.InvariantCulture)}')",
    };

    /// <summary>Different texts for different digits and signs, those of zero included.</summary>
    public static string Of(decimal number)
    {
        var bits = decimal.GetBits(number);
        var digits = ((UInt128)(uint)bits[2] << 64) | ((UInt128)(uint)bits[1] << 32) | (uint)bits[0];
        return $"decimal.Decimal('{(decimal.IsNegative(number) ? "-" : "")}{digits}E-{number.Scale}')";
    }
}
