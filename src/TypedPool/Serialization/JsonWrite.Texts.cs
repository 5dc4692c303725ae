using System.Globalization;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>What stands in a string of a form of its own: dates, times, durations and UUIDs.</content>
public static partial class JsonWrite
{
    private const long TicksPerMicrosecond = System.TimeSpan.TicksPerMicrosecond;

    /// <summary>Writes a moment with its offset.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The moment.</param>
    /// <exception cref="JsonMismatchException">It has a part of a microsecond, which Python cannot hold.</exception>
    public static void DateTimeOffset(Utf8JsonWriter writer, DateTimeOffset value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Whole(value.Ticks, value, "O");
        Formatted(writer, value, HasFraction(value.Ticks) ? "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz" : "yyyy-MM-dd'T'HH:mm:sszzz");
    }

    /// <summary>Writes a date and time without an offset.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The date and time, of <see cref="DateTimeKind.Unspecified"/>.</param>
    /// <exception cref="JsonMismatchException">
    /// It is of another kind, which would be lost, or has a part of a microsecond, which Python cannot hold.
    /// </exception>
    public static void DateTime(Utf8JsonWriter writer, DateTime value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Kind != DateTimeKind.Unspecified)
        {
            throw new JsonMismatchException(
                "a DateTime of DateTimeKind.Unspecified", string.Create(CultureInfo.InvariantCulture, $"{value:O} of DateTimeKind.{value.Kind}"));
        }

        Whole(value.Ticks, value, "O");
        Formatted(writer, value, HasFraction(value.Ticks) ? "yyyy-MM-dd'T'HH:mm:ss.ffffff" : "yyyy-MM-dd'T'HH:mm:ss");
    }

    /// <summary>Writes a date.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The date.</param>
    public static void DateOnly(Utf8JsonWriter writer, DateOnly value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Formatted(writer, value, "yyyy-MM-dd");
    }

    /// <summary>Writes a time of day.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The time.</param>
    /// <exception cref="JsonMismatchException">It has a part of a microsecond, which Python cannot hold.</exception>
    public static void TimeOnly(Utf8JsonWriter writer, TimeOnly value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Whole(value.Ticks, value, "O");
        Formatted(writer, value, HasFraction(value.Ticks) ? "HH:mm:ss.ffffff" : "HH:mm:ss");
    }

    /// <summary>Writes a duration.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The duration.</param>
    /// <exception cref="JsonMismatchException">It has a part of a microsecond, which Python cannot hold.</exception>
    public static void TimeSpan(Utf8JsonWriter writer, TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Whole(value.Ticks, value, "c");
        Span<byte> text = stackalloc byte[Iso8601Duration.Longest];
        writer.WriteStringValue(text[..Iso8601Duration.Format(value, text)]);
    }

    /// <summary>Writes a UUID.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The UUID.</param>
    public static void Guid(Utf8JsonWriter writer, Guid value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    private static bool HasFraction(long ticks) => ticks % System.TimeSpan.TicksPerSecond != 0;

    private static void Whole<T>(long ticks, T value, string format)
        where T : IFormattable
    {
        if (ticks % TicksPerMicrosecond != 0)
        {
            throw new JsonMismatchException(
                $"a {typeof(T).Name} of whole microseconds", value.ToString(format, CultureInfo.InvariantCulture));
        }
    }

    private static void Formatted<T>(Utf8JsonWriter writer, T value, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
