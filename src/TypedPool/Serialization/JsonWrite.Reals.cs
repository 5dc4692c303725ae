using System.Globalization;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Decimals, and numbers of 32 bits; those of 64 bits stand with the other native types.</content>
public static partial class JsonWrite
{
    /// <summary>A sign, 29 digits and a point; or 0 and a point before 28 digits.</summary>
    internal const int LongestDecimal = 32;

    /// <summary>Writes a number of 32 bits with the digits of the same number of 64 bits, which is what Python has.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The number; also NaN and the infinities.</param>
    public static void Single(Utf8JsonWriter writer, float value) => Double(writer, value);

    /// <summary>Writes a decimal number as a string, trailing zeros and all.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The number.</param>
    public static void Decimal(Utf8JsonWriter writer, decimal value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> text = stackalloc byte[LongestDecimal];
        writer.WriteStringValue(text[..FormatDecimal(value, text)]);
    }

    /// <summary>The number's text, with the sign of a negative zero, which .NET leaves out.</summary>
    internal static int FormatDecimal(decimal value, Span<byte> text)
    {
        var sign = 0;
        if (value == 0 && decimal.IsNegative(value))
        {
            text[0] = (byte)'-';
            sign = 1;
        }

        value.TryFormat(text[sign..], out var length, default, CultureInfo.InvariantCulture);
        return sign + length;
    }
}
