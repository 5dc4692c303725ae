using System.Buffers.Text;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>What stands in a string of a form of its own: dates, times, durations and UUIDs.</content>
public static partial class JsonRead
{
    /// <summary>Longer than any of these texts, also where a few of its characters are escaped.</summary>
    private const int LongestText = 128;

    /// <summary>Reads a moment with its offset: <c>2026-01-31T12:00:00.5+01:00</c>, or <c>Z</c> for the offset.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The moment.</returns>
    /// <exception cref="JsonMismatchException">
    /// There is something else, a part of a microsecond, or an offset of more than 14 hours.
    /// </exception>
    public static DateTimeOffset DateTimeOffset(ref Utf8JsonReader reader)
    {
        const string Expected = "a moment with its offset in microseconds, such as \"2026-01-31T12:00:00+01:00\"";
        Span<byte> buffer = stackalloc byte[LongestText];
        return Iso8601.TryReadMoment(buffer[..ShortText(ref reader, buffer, Expected)], out var value)
            ? value
            : throw Unexpected(ref reader, Expected);
    }

    /// <summary>Reads a date and time without an offset: <c>2026-01-31T12:00:00.5</c>.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The date and time, of <see cref="DateTimeKind.Unspecified"/>.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a part of a microsecond.</exception>
    public static DateTime DateTime(ref Utf8JsonReader reader)
    {
        const string Expected = "a date and time without an offset in microseconds, such as \"2026-01-31T12:00:00\"";
        Span<byte> buffer = stackalloc byte[LongestText];
        return Iso8601.TryReadDateTime(buffer[..ShortText(ref reader, buffer, Expected)], out var value)
            ? value
            : throw Unexpected(ref reader, Expected);
    }

    /// <summary>Reads a date: <c>2026-01-31</c>.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The date.</returns>
    /// <exception cref="JsonMismatchException">There is something else.</exception>
    public static DateOnly DateOnly(ref Utf8JsonReader reader)
    {
        const string Expected = "a date such as \"2026-01-31\"";
        Span<byte> buffer = stackalloc byte[LongestText];
        return Iso8601.TryReadDate(buffer[..ShortText(ref reader, buffer, Expected)], out var value)
            ? value
            : throw Unexpected(ref reader, Expected);
    }

    /// <summary>Reads a time of day without an offset: <c>12:00:00.5</c>.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The time.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a part of a microsecond.</exception>
    public static TimeOnly TimeOnly(ref Utf8JsonReader reader)
    {
        const string Expected = "a time of day in microseconds, such as \"12:00:00\"";
        Span<byte> buffer = stackalloc byte[LongestText];
        return Iso8601.TryReadTime(buffer[..ShortText(ref reader, buffer, Expected)], out var value)
            ? value
            : throw Unexpected(ref reader, Expected);
    }

    /// <summary>Reads a duration: <c>-P1DT2H3M4.5S</c>, also with weeks; years and months have no fixed length.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="JsonMismatchException">
    /// There is something else, a part of a microsecond, or more than a <see cref="System.TimeSpan"/> holds.
    /// </exception>
    public static TimeSpan TimeSpan(ref Utf8JsonReader reader)
    {
        const string Expected = "a duration in microseconds, such as \"P1DT2H3M4.5S\"";
        Span<byte> buffer = stackalloc byte[LongestText];
        return Iso8601Duration.TryRead(buffer[..ShortText(ref reader, buffer, Expected)], out var value)
            ? value
            : throw Unexpected(ref reader, Expected);
    }

    /// <summary>Reads a UUID: 32 hexadecimal digits and four hyphens.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The UUID.</returns>
    /// <exception cref="JsonMismatchException">There is something else.</exception>
    public static Guid Guid(ref Utf8JsonReader reader)
    {
        const string Expected = "a UUID such as \"12345678-1234-5678-9abc-123456789abc\"";
        Span<byte> buffer = stackalloc byte[LongestText];
        ReadOnlySpan<byte> text = buffer[..ShortText(ref reader, buffer, Expected)];
        return Utf8Parser.TryParse(text, out Guid value, out var read, 'D') && read == text.Length
            ? value
            : throw Unexpected(ref reader, Expected);
    }

    /// <summary>Of which form a string is; of none where it is longer than any of them.</summary>
    internal static TextForm FormOf(ref Utf8JsonReader reader)
    {
        const string Expected = "a string of whole characters";
        Span<byte> buffer = stackalloc byte[LongestText];
        return reader.ValueSpan.Length > LongestText ? TextForm.None : TextForms.Of(buffer[..ShortText(ref reader, buffer, Expected)]);
    }

    /// <summary>Copies a string, or a member's name, that is short enough to be one of these; without escapes.</summary>
    private static int ShortText(ref Utf8JsonReader reader, scoped Span<byte> buffer, string expected)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || reader.ValueSpan.Length > buffer.Length)
        {
            throw Unexpected(ref reader, expected);
        }

        try
        {
            return reader.CopyString(buffer);
        }
        catch (InvalidOperationException)
        {
            throw Unexpected(ref reader, expected);
        }
    }
}
