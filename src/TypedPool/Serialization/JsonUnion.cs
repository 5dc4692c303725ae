using System.Globalization;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>What generated readers and writers of unions, flags and other sets of values call.</summary>
public static class JsonUnion
{
    /// <summary>Whether a number is written without a fraction and an exponent: so is an integer told from a float, here and in Python.</summary>
    /// <param name="reader">Where to read: on a number.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsInteger(ref Utf8JsonReader reader) => reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    /// <summary>Whether an integer stands here.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="value">The integer.</param>
    /// <returns>Whether it does.</returns>
    public static bool Is(ref Utf8JsonReader reader, long value) =>
        reader.TokenType == JsonTokenType.Number && IsInteger(ref reader) && reader.TryGetInt64(out var found) && found == value;

    /// <summary>Whether a number stands here.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it does.</returns>
    public static bool Is(ref Utf8JsonReader reader, double value) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var found) && found.Equals(value);

    /// <summary>Of which form a string is, where several are cases of a union.</summary>
    /// <param name="reader">Where to read: on a string.</param>
    /// <returns>The form.</returns>
    /// <exception cref="JsonMismatchException">It holds half of a surrogate pair.</exception>
    public static TextForm FormOf(ref Utf8JsonReader reader) => JsonRead.FormOf(ref reader);

    /// <summary>Demands a number that JSON can write, where a string would be taken for another case.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="JsonMismatchException">It is not finite.</exception>
    public static void RequireFinite(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonMismatchException(
                "a finite number, because strings are another case of this union", value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads flags.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="mask">The bits that have a meaning.</param>
    /// <returns>The bits.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a bit without a meaning.</exception>
    public static long Flags(ref Utf8JsonReader reader, long mask)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && (value & ~mask) == 0)
        {
            return value;
        }

        throw JsonRead.Unexpected(ref reader, Bits(mask));
    }

    /// <summary>Writes flags.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The bits.</param>
    /// <param name="mask">The bits that have a meaning.</param>
    /// <exception cref="JsonMismatchException">A bit has no meaning.</exception>
    public static void Flags(Utf8JsonWriter writer, long value, long mask)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if ((value & ~mask) != 0)
        {
            throw new JsonMismatchException(Bits(mask), string.Create(CultureInfo.InvariantCulture, $"the number {value}"));
        }

        writer.WriteNumberValue(value);
    }

    /// <summary>Writes a value of one of several kinds.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">A string, an integer, a number or a boolean.</param>
    public static void Scalar(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                JsonWrite.String(writer, text);
                break;
            case long integer:
                JsonWrite.Int64(writer, integer);
                break;
            case double number:
                JsonWrite.Double(writer, number);
                break;
            case bool boolean:
                JsonWrite.Boolean(writer, boolean);
                break;
            default:
                throw new ArgumentException("It is no string, long, double or bool.", nameof(value));
        }
    }

    /// <summary>The error for a value that was never set.</summary>
    /// <param name="type">The type's name.</param>
    /// <returns>An exception to throw.</returns>
    public static JsonMismatchException Default(string type) => new($"a value of {type}", $"default({type})");

    /// <summary>The error for an object that is none of a union's, because none of the members stands in it by which they are known.</summary>
    /// <param name="reader">Where to read: on the object's end.</param>
    /// <param name="members">The members' names, in words.</param>
    /// <returns>An exception to throw.</returns>
    public static JsonMismatchException NoSign(ref Utf8JsonReader reader, string members) =>
        new($"an object with one of the members {members}", "an object without any of them", reader.TokenStartIndex);

    private static string Bits(long mask) => string.Create(CultureInfo.InvariantCulture, $"a combination of the bits of {mask}");
}
