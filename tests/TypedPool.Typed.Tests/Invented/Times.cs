using System.Globalization;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>The kinds of dates, times and durations. All are in microseconds, of which one has ten ticks.</summary>
internal static class Times
{
    private const int MostOffset = 14 * 60;

    private static readonly Gen<DateTime> Moments = Gen.OneOf(
        Gen.OneOf(DateTime.MinValue, DateTime.MaxValue, DateTime.UnixEpoch, new DateTime(2024, 2, 29, 23, 59, 59)),
        Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTime(ticks)))
        .Select(moment => new DateTime(Whole(moment.Ticks)));

    public static InventedType Date { get; } = new ScalarType<DateOnly>(
        "datetime.date", "type(v) is datetime.date", Moments.Select(DateOnly.FromDateTime), value => $"datetime.date({value.Year}, {value.Month}, {value.Day})", new Outsider("'today'", null))
    { Name = value => value.ToString("O", CultureInfo.InvariantCulture) };

    /// <summary>All, each once.</summary>
    public static InventedType[] Types { get; } =
    [
        Date,
        new ScalarType<DateTimeOffset>(
            "datetime.datetime", "type(v) is datetime.datetime and v.tzinfo is not None",
            Gen.Select(Moments, Gen.OneOf(Gen.OneOf(0, MostOffset, -MostOffset), Gen.Int[-MostOffset, MostOffset]), WithOffset),
            value => $"{Of(value.DateTime)[..^1]}, tzinfo=datetime.timezone(datetime.timedelta(minutes={value.TotalOffsetMinutes})))",
            new Outsider("datetime.datetime(2026, 1, 1)", null),
            new Outsider("datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=14, minutes=1)))", null),
            new Outsider("datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(seconds=1)))", null),
            new Outsider(null, _ => new DateTimeOffset(1, TimeSpan.Zero))),
        new ScalarType<DateTime>(
            "typedpool.NaiveDatetime", "type(v) is datetime.datetime and v.tzinfo is None", Moments, Of,
            new Outsider("datetime.datetime.now(datetime.timezone.utc)", _ => DateTime.UnixEpoch), new Outsider(null, _ => new DateTime(1))),
        new ScalarType<TimeOnly>(
            "datetime.time", "type(v) is datetime.time", Moments.Select(TimeOnly.FromDateTime),
            value => $"datetime.time({value.Hour}, {value.Minute}, {value.Second}, {(value.Millisecond * 1_000) + value.Microsecond})",
            new Outsider("datetime.time(1, tzinfo=datetime.timezone.utc)", _ => new TimeOnly(1))),
        new ScalarType<TimeSpan>(
            "datetime.timedelta", "type(v) is datetime.timedelta",
            Gen.OneOf(Gen.OneOf(0, long.MaxValue, long.MinValue, -10), Gen.Long, Gen.Long[-10_000, 10_000]).Select(ticks => new TimeSpan(Whole(ticks))),
            value => $"datetime.timedelta(microseconds={value.Ticks / TimeSpan.TicksPerMicrosecond})",
            new Outsider("datetime.timedelta.max", _ => TimeSpan.MaxValue)),
    ];

    private static string Of(DateTime value) =>
        $"datetime.datetime({value.Year}, {value.Month}, {value.Day}, {value.Hour}, {value.Minute}, {value.Second}, {(value.Millisecond * 1_000) + value.Microsecond})";

    /// <summary>A moment by the clock of a place, or by that of Greenwich where it would be before year 1 or after 9999 there.</summary>
    private static DateTimeOffset WithOffset(DateTime moment, int minutes)
    {
        var utc = moment.Ticks - (minutes * TimeSpan.TicksPerMinute);
        return new(moment, TimeSpan.FromMinutes(utc >= 0 && utc <= DateTime.MaxValue.Ticks ? minutes : 0));
    }

    private static long Whole(long ticks) => ticks - (ticks % TimeSpan.TicksPerMicrosecond);
}
