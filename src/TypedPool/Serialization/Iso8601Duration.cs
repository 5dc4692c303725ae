using System.Buffers.Text;

namespace TypedPool.Serialization;

/// <summary>
/// Durations as ISO 8601 has them, with a sign: weeks, days, hours, minutes and seconds, down to microseconds. Years and months
/// have no fixed length.
/// </summary>
internal static class Iso8601Duration
{
    /// <summary>Room for a sign, six letters and five numbers.</summary>
    internal const int Longest = 48;

    private const int MostDigits = 18;
    private const long SecondsPerDay = 24 * 60 * 60;

    internal static bool TryRead(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        var scanner = new Scanner(text);
        var isNegative = scanner.Skip('-');
        if (!scanner.Skip('P') || scanner.AtEnd)
        {
            return false;
        }

        Int128 microseconds = 0;
        if (!TryReadParts(ref scanner, "WD", [7 * SecondsPerDay, SecondsPerDay], ref microseconds)
            || (scanner.Skip('T')
                && (scanner.AtEnd || !TryReadParts(ref scanner, "HMS", [60 * 60, 60, 1], ref microseconds)))
            || !scanner.AtEnd)
        {
            return false;
        }

        var ticks = microseconds * TimeSpan.TicksPerMicrosecond;
        if (ticks > long.MaxValue)
        {
            return false;
        }

        value = new TimeSpan(isNegative ? -(long)ticks : (long)ticks);
        return true;
    }

    /// <summary>The duration's text.</summary>
    /// <param name="value">The duration, in whole microseconds; so its ticks have an opposite.</param>
    /// <param name="text">Where to write, <see cref="Longest"/> bytes.</param>
    /// <returns>How many were written.</returns>
    internal static int Format(TimeSpan value, Span<byte> text)
    {
        if (value == TimeSpan.Zero)
        {
            "PT0S"u8.CopyTo(text);
            return 4;
        }

        var length = 0;
        if (value < TimeSpan.Zero)
        {
            text[length++] = (byte)'-';
            value = -value;
        }

        text[length++] = (byte)'P';
        Part(text, ref length, value.Days, 'D');
        if (value.Ticks % TimeSpan.TicksPerDay == 0)
        {
            return length;
        }

        text[length++] = (byte)'T';
        Part(text, ref length, value.Hours, 'H');
        Part(text, ref length, value.Minutes, 'M');
        var microseconds = value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        if (microseconds == 0)
        {
            Part(text, ref length, value.Seconds, 'S');
            return length;
        }

        Number(text, ref length, value.Seconds, default);
        text[length++] = (byte)'.';
        Number(text, ref length, microseconds, new('D', 6));
        text[length++] = (byte)'S';
        return length;
    }

    private static void Part(Span<byte> text, ref int length, int value, char unit)
    {
        if (value != 0)
        {
            Number(text, ref length, value, default);
            text[length++] = (byte)unit;
        }
    }

    private static void Number(Span<byte> text, ref int length, long value, System.Buffers.StandardFormat format)
    {
        Utf8Formatter.TryFormat(value, text[length..], out var written, format);
        length += written;
    }

    /// <summary>Reads numbers with their units, each unit once and in order; seconds may have a fraction.</summary>
    private static bool TryReadParts(ref Scanner scanner, string units, ReadOnlySpan<long> seconds, ref Int128 microseconds)
    {
        var unit = 0;
        while (scanner.Number(MostDigits, out var number, out _))
        {
            if (!Iso8601.TryReadFraction(ref scanner, out var fraction, out var hasFraction))
            {
                return false;
            }

            while (unit < units.Length && !scanner.Skip(units[unit]))
            {
                unit++;
            }

            if (unit == units.Length || (hasFraction && units[unit] != 'S'))
            {
                return false;
            }

            microseconds += ((Int128)number * seconds[unit] * 1_000_000) + fraction;
            unit++;
        }

        return true;
    }
}
