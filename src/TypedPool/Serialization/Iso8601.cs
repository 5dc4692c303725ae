namespace TypedPool.Serialization;

/// <summary>
/// Reads dates and times as RFC 3339 has them, down to microseconds. The parsers of .NET would also take other forms, or cut
/// off what is finer.
/// </summary>
internal static class Iso8601
{
    private const int MostFractionDigits = 6;
    private const int LargestOffset = 14 * 60;

    internal static bool TryReadMoment(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        var scanner = new Scanner(text);
        if (!TryReadDateTime(ref scanner, out var local) || !TryReadOffset(ref scanner, out var minutes) || !scanner.AtEnd)
        {
            return false;
        }

        var offset = TimeSpan.FromMinutes(minutes);
        var utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(local, offset);
        return true;
    }

    internal static bool TryReadDateTime(ReadOnlySpan<byte> text, out DateTime value)
    {
        var scanner = new Scanner(text);
        return TryReadDateTime(ref scanner, out value) && scanner.AtEnd;
    }

    internal static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly value)
    {
        var scanner = new Scanner(text);
        return TryReadDate(ref scanner, out value) && scanner.AtEnd;
    }

    internal static bool TryReadTime(ReadOnlySpan<byte> text, out TimeOnly value)
    {
        var scanner = new Scanner(text);
        return TryReadTime(ref scanner, out value) && scanner.AtEnd;
    }

    private static bool TryReadDateTime(ref Scanner scanner, out DateTime value)
    {
        value = default;
        if (!TryReadDate(ref scanner, out var date)
            || !(scanner.Skip('T') || scanner.Skip('t') || scanner.Skip(' '))
            || !TryReadTime(ref scanner, out var time))
        {
            return false;
        }

        value = date.ToDateTime(time);
        return true;
    }

    private static bool TryReadDate(ref Scanner scanner, out DateOnly value)
    {
        value = default;
        if (!scanner.Digits(4, out var year) || !scanner.Skip('-')
            || !scanner.Digits(2, out var month) || !scanner.Skip('-')
            || !scanner.Digits(2, out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        value = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryReadTime(ref Scanner scanner, out TimeOnly value)
    {
        value = default;
        if (!scanner.Digits(2, out var hour) || !scanner.Skip(':')
            || !scanner.Digits(2, out var minute) || !scanner.Skip(':')
            || !scanner.Digits(2, out var second)
            || hour > 23 || minute > 59 || second > 59
            || !TryReadFraction(ref scanner, out var microseconds, out _))
        {
            return false;
        }

        value = new TimeOnly(hour, minute, second).Add(TimeSpan.FromMicroseconds(microseconds));
        return true;
    }

    /// <summary>A point and one to six digits, or nothing.</summary>
    internal static bool TryReadFraction(ref Scanner scanner, out int microseconds, out bool isThere)
    {
        microseconds = 0;
        isThere = scanner.Skip('.');
        if (!isThere)
        {
            return true;
        }

        if (!scanner.Number(MostFractionDigits, out var value, out var count))
        {
            return false;
        }

        for (; count < MostFractionDigits; count++)
        {
            value *= 10;
        }

        microseconds = (int)value;
        return true;
    }

    private static bool TryReadOffset(ref Scanner scanner, out int minutes)
    {
        minutes = 0;
        if (scanner.Skip('Z') || scanner.Skip('z'))
        {
            return true;
        }

        var isNegative = scanner.Skip('-');
        if ((!isNegative && !scanner.Skip('+'))
            || !scanner.Digits(2, out var hours) || !scanner.Skip(':')
            || !scanner.Digits(2, out minutes) || minutes > 59)
        {
            return false;
        }

        minutes += hours * 60;
        if (minutes > LargestOffset)
        {
            return false;
        }

        minutes = isNegative ? -minutes : minutes;
        return true;
    }
}
