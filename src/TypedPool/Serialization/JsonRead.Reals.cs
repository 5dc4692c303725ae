using System.Globalization;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Decimals, and numbers of 32 bits; those of 64 bits stand with the other native types.</content>
public static partial class JsonRead
{
    /// <summary>Reads a number that 32 bits hold exactly; "NaN", "Infinity" and "-Infinity" are numbers, too.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The number.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a number that would have to be rounded.</exception>
    public static float Single(ref Utf8JsonReader reader)
    {
        if ((reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
            || NonFinite(ref reader, out value))
        {
            var single = (float)value;
            if (value.Equals(single))
            {
                return single;
            }
        }

        throw Unexpected(ref reader, "a number that 32 bits hold exactly");
    }

    /// <summary>Reads a decimal number from a string, with all its digits.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The number; trailing zeros are kept.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a number that would have to be rounded.</exception>
    public static decimal Decimal(ref Utf8JsonReader reader)
    {
        const string Expected = "a decimal number of 96 bits, as a string";
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        Span<byte> buffer = stackalloc byte[LongestText];
        Span<byte> again = stackalloc byte[JsonWrite.LongestDecimal];
        ReadOnlySpan<byte> text = buffer[..ShortText(ref reader, buffer, Expected)];

        // Too many digits would be rounded: a number is what was written if it is written like that.
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value)
            && again[..JsonWrite.FormatDecimal(value, again)].SequenceEqual(text)
                ? value
                : throw Unexpected(ref reader, Expected);
    }

    private static bool NonFinite(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.String)
        {
            value = reader.ValueTextEquals("NaN"u8) ? double.NaN
                : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
                : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
                : 0;
        }

        return !double.IsFinite(value);
    }
}
