using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TypedPool.Serialization;
using Xunit;

namespace TypedPool.Tests.Serialization;

/// <summary>What stands on the wire for types without parts, and what is refused there.</summary>
public sealed class ScalarTextTests
{
    public static TheoryData<string, JsonReader<object>, string[]> Refused() => new()
    {
        {
            "Decimal", (ref reader) => JsonRead.Decimal(ref reader),
            ["1", "\"\"", "\"1e2\"", "\"+1\"", "\"01\"", "\"1.\"", "\".5\"", "\" 1\"", "\"NaN\"", "\"1,5\"", "\"79228162514264337593543950336\"", "\"0.00000000000000000000000000001\"", "null"]
        },
        {
            "DateTimeOffset", (ref reader) => JsonRead.DateTimeOffset(ref reader),
            [
                "5", "\"\"", "\"2026-01-31T12:00:00\"", "\"2026-01-31T12:00Z\"", "\"2026-01-31T12:00:00.1234567Z\"", "\"2026-01-31T12:00:00.Z\"",
                "\"2026-02-29T12:00:00Z\"", "\"2026-01-31T24:00:00Z\"", "\"2026-01-31T23:60:00Z\"", "\"2026-01-31T23:59:60Z\"", "\"2026-01-31T12:00:00+14:01\"",
                "\"2026-01-31T12:00:00+0100\"", "\"2026-01-31T12:00:00+01:60\"", "\"0000-01-01T00:00:00Z\"", "\"2026-00-01T00:00:00Z\"", "\"2026-13-01T00:00:00Z\"",
                "\"0001-01-01T00:00:00+00:01\"", "\"9999-12-31T23:59:59-00:01\"", "\"2026-01-31T12:00:00Z \"", "\"2026-01-31T12:00:00+01:00:00\"",
            ]
        },
        { "DateTime", (ref reader) => JsonRead.DateTime(ref reader), ["\"2026-01-31T12:00:00Z\"", "\"2026-01-31\"", "\"2026-01-31T12:00:00.1234567\"", "1"] },
        { "DateOnly", (ref reader) => JsonRead.DateOnly(ref reader), ["\"2026-1-31\"", "\"20260131\"", "\"2026-01-32\"", "\"2026-01-31T00:00:00\"", "1"] },
        { "TimeOnly", (ref reader) => JsonRead.TimeOnly(ref reader), ["\"12:00\"", "\"24:00:00\"", "\"12:00:00Z\"", "\"12:00:00.1234567\"", "1"] },
        {
            "TimeSpan", (ref reader) => JsonRead.TimeSpan(ref reader),
            [
                "5", "\"\"", "\"P\"", "\"PT\"", "\"P1DT\"", "\"P1Y\"", "\"P1M\"", "\"P1.5D\"", "\"PT1.5H\"", "\"PT1.1234567S\"", "\"PT1S1M\"", "\"PT1M1M\"", "\"P1H\"",
                "\"P10675199DT2H48M5.477581S\"", "\"-P10675199DT2H48M5.477581S\"", "\"PT999999999999999999H\"", "\"P1D \"", "\"+P1D\"",
            ]
        },
        { "Guid", (ref reader) => JsonRead.Guid(ref reader), ["\"\"", "\"12345678123456789abc123456789abc\"", "\"{12345678-1234-5678-9abc-123456789abc}\"", "\"12345678-1234-5678-9abc-123456789abg\"", "5"] },
        { "Byte", (ref reader) => JsonRead.Byte(ref reader), ["256", "-1", "1.5", "\"1\""] },
        { "SByte", (ref reader) => JsonRead.SByte(ref reader), ["128", "-129"] },
        { "Int16", (ref reader) => JsonRead.Int16(ref reader), ["32768", "-32769"] },
        { "UInt16", (ref reader) => JsonRead.UInt16(ref reader), ["65536", "-1"] },
        { "Int32", (ref reader) => JsonRead.Int32(ref reader), ["2147483648", "-2147483649"] },
        { "UInt32", (ref reader) => JsonRead.UInt32(ref reader), ["4294967296", "-1"] },
        { "UInt64", (ref reader) => JsonRead.UInt64(ref reader), ["18446744073709551616", "-1"] },
        { "BigInteger", (ref reader) => JsonRead.BigInteger(ref reader), ["1.5", "1e3", "\"1\"", "null"] },
        { "Single", (ref reader) => JsonRead.Single(ref reader), ["0.1", "1e39", "16777217", "1e-46", "\"nan\"", "\"1\"", "null"] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_would_be_another_value_is_refused_with_what_came(string type, JsonReader<object> read, string[] texts)
    {
        foreach (var json in texts)
        {
            var exception = Assert.Throws<JsonMismatchException>(() => Read(json, read));
            Assert.True(exception.Found.Length > 0, $"{type}: {json}");
        }
    }

    [Fact]
    public void Other_ways_to_write_a_value_are_read()
    {
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 500, TimeSpan.Zero), Read("\"2026-01-31t12:00:00.5z\"", JsonRead.DateTimeOffset));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(1)), Read("\"2026-01-31 12:00:00\\u002B01:00\"", JsonRead.DateTimeOffset));
        Assert.Equal(TimeSpan.FromDays(8.5), Read("\"P1W1DT12H\"", JsonRead.TimeSpan));
        Assert.Equal(TimeSpan.FromSeconds(-5400.25), Read("\"-PT90M0.25S\"", JsonRead.TimeSpan));
        Assert.Equal(Guid.AllBitsSet, Read("\"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF\"", JsonRead.Guid));
        Assert.Equal(3f, Read("3", JsonRead.Single));
    }

    [Fact]
    public void Values_stand_on_the_wire_as_Python_writes_them()
    {
        Assert.Equal("\"2026-01-31T12:00:00+01:00\"", Write(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(1)), JsonWrite.DateTimeOffset));
        Assert.Equal("\"0001-01-01T00:00:00.000001+00:00\"", Write(DateTimeOffset.MinValue.AddTicks(10), JsonWrite.DateTimeOffset));
        Assert.Equal("\"2026-01-31T12:00:00.100000\"", Write(new DateTime(2026, 1, 31, 12, 0, 0, 100), JsonWrite.DateTime));
        Assert.Equal("\"12:00:00\"", Write(new TimeOnly(12, 0), JsonWrite.TimeOnly));
        Assert.Equal("\"PT0S\"", Write(TimeSpan.Zero, JsonWrite.TimeSpan));
        Assert.Equal("\"-P1DT2H3M4.000005S\"", Write(-new TimeSpan(1, 2, 3, 4, 0, 5), JsonWrite.TimeSpan));
        Assert.Equal("\"P10675199DT2H48M5.477580S\"", Write(new TimeSpan(TimeSpan.MaxValue.Ticks - 7), JsonWrite.TimeSpan));
        Assert.Equal("\"-0.00\"", Write(-0.00m, JsonWrite.Decimal));
        Assert.Equal("\"1.50\"", Write(1.50m, JsonWrite.Decimal));
        Assert.Equal("0.10000000149011612", Write(0.1f, JsonWrite.Single));
        Assert.Equal("-0.0", Write(-0f, JsonWrite.Single));
        Assert.Equal("-18446744073709551616", Write(-(BigInteger.One << 64), JsonWrite.BigInteger));
    }

    [Fact]
    public void The_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in (string[])["fi-FI", "tr-TR", "ar-SA", "th-TH"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Values_stand_on_the_wire_as_Python_writes_them();
                Assert.Equal(-1.5m, Read("\"-1.5\"", JsonRead.Decimal));
                Assert.Equal(-12, Read("-12", JsonRead.BigInteger));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Random_values_come_back_exactly()
    {
        var random = new Random(4);
        for (var i = 0; i < 10_000; i++)
        {
            var moment = new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks / 10) * 10, TimeSpan.Zero).ToOffset(
                TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1)));
            Assert.True(moment.EqualsExact(Read(Write(moment, JsonWrite.DateTimeOffset), JsonRead.DateTimeOffset)));
            var span = new TimeSpan((random.NextInt64() >> random.Next(60)) / 10 * 10 * (random.Next(2) == 0 ? 1 : -1));
            Assert.Equal(span, Read(Write(span, JsonWrite.TimeSpan), JsonRead.TimeSpan));
            var number = new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29));
            Assert.Equal(decimal.GetBits(number), decimal.GetBits(Read(Write(number, JsonWrite.Decimal), JsonRead.Decimal)));
        }
    }

    private static string Write<T>(T value, JsonWriter<T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        write(writer, value);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static T Read<T>(string json, JsonReader<T> read)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return read(ref reader);
    }
}
