using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Integers of every width; the one of 64 bits stands with the other native types.</content>
public static partial class JsonWrite
{
    /// <summary>What Python converts from text and to text.</summary>
    private const int MostDigits = 4300;

    private static readonly BigInteger TooLarge = System.Numerics.BigInteger.Pow(10, MostDigits);

    /// <summary>Writes an integer of 8 bits.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void SByte(Utf8JsonWriter writer, sbyte value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes an integer of 8 bits without a sign.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void Byte(Utf8JsonWriter writer, byte value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes an integer of 16 bits.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void Int16(Utf8JsonWriter writer, short value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes an integer of 16 bits without a sign.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void UInt16(Utf8JsonWriter writer, ushort value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes an integer of 32 bits.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void Int32(Utf8JsonWriter writer, int value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes an integer of 32 bits without a sign.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void UInt32(Utf8JsonWriter writer, uint value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes an integer of 64 bits without a sign.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void UInt64(Utf8JsonWriter writer, ulong value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes an integer of up to 4,300 digits.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    /// <exception cref="JsonMismatchException">It has more digits than Python converts.</exception>
    public static void BigInteger(Utf8JsonWriter writer, BigInteger value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (System.Numerics.BigInteger.Abs(value) >= TooLarge)
        {
            throw new JsonMismatchException(
                string.Create(CultureInfo.InvariantCulture, $"an integer of at most {MostDigits} digits"), "one of more");
        }

        writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
    }
}
