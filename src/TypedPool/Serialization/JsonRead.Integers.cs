using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Integers of every width; the one of 64 bits stands with the other native types.</content>
public static partial class JsonRead
{
    /// <summary>Reads an integer of 8 bits.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static sbyte SByte(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetSByte(out var value)
            ? value
            : throw Unexpected(ref reader, "an integer of 8 bits");

    /// <summary>Reads an integer of 8 bits without a sign.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static byte Byte(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value)
            ? value
            : throw Unexpected(ref reader, "an integer of 8 bits without a sign");

    /// <summary>Reads an integer of 16 bits.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static short Int16(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt16(out var value)
            ? value
            : throw Unexpected(ref reader, "an integer of 16 bits");

    /// <summary>Reads an integer of 16 bits without a sign.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static ushort UInt16(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out var value)
            ? value
            : throw Unexpected(ref reader, "an integer of 16 bits without a sign");

    /// <summary>Reads an integer of 32 bits.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static int Int32(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value)
            ? value
            : throw Unexpected(ref reader, "an integer of 32 bits");

    /// <summary>Reads an integer of 32 bits without a sign.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static uint UInt32(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out var value)
            ? value
            : throw Unexpected(ref reader, "an integer of 32 bits without a sign");

    /// <summary>Reads an integer of 64 bits without a sign.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static ulong UInt64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var value)
            ? value
            : throw Unexpected(ref reader, "an integer of 64 bits without a sign");

    /// <summary>Reads an integer of any size.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a fraction.</exception>
    public static BigInteger BigInteger(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            return System.Numerics.BigInteger.Parse(
                Encoding.ASCII.GetString(reader.ValueSpan), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        throw Unexpected(ref reader, "an integer");
    }
}
