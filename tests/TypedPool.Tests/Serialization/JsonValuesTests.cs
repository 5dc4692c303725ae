using System.Buffers;
using System.Text;
using System.Text.Json;
using TypedPool.Serialization;
using Xunit;

namespace TypedPool.Tests.Serialization;

public sealed class JsonValuesTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-3.0, "-3.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(123456789012345680, "1.2345678901234568E+17")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    public void A_double_is_written_so_that_Python_reads_a_float_and_comes_back_exactly(double value, string expected)
    {
        var json = Write(value, JsonWrite.Double);

        Assert.Equal(expected, json);
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Read(json, JsonRead.Double)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("ü € 😀 \0 \u2028 \"quoted\" \\ \r\n\t \u007f \ufffd \uffff")]
    public void A_string_comes_back_exactly(string value) =>
        Assert.Equal(value, Read(Write(value, JsonWrite.String), JsonRead.String));

    /// <summary>As code units, since a runner would replace a lone surrogate.</summary>
    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    [InlineData(0x6F, 0xD83D, 0xDE00, 0x6B, 0xDE00, 0xD83D)]
    public void A_lone_surrogate_is_refused_in_both_directions(params int[] units)
    {
        var value = new string([.. units.Select(unit => (char)unit)]);
        Assert.Throws<JsonMismatchException>(() => Write(value, JsonWrite.String));
        var escaped = "\"" + string.Concat(value.Select(c => $"\\u{(int)c:x4}")) + "\"";
        Assert.Throws<JsonMismatchException>(() => Read(escaped, JsonRead.String));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void An_integer_comes_back_exactly(long value) => Assert.Equal(value, Read(Write(value, JsonWrite.Int64), JsonRead.Int64));

    [Theory]
    [InlineData("9223372036854775808", "the number 9223372036854775808")]
    [InlineData("1.5", "the number 1.5")]
    [InlineData("\"1\"", "the string \"1\"")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("[]", "an array")]
    [InlineData("{}", "an object")]
    public void What_is_no_integer_is_refused_and_described(string json, string found)
    {
        var exception = Assert.Throws<JsonMismatchException>(() => Read(json, JsonRead.Int64));

        Assert.Equal(("an integer of 64 bits", found), (exception.Expected, exception.Found));
    }

    [Fact]
    public void A_long_value_is_not_shown_whole()
    {
        var exception = Assert.Throws<JsonMismatchException>(() => Read('"' + new string('x', 10_000) + '"', JsonRead.Int64));

        Assert.InRange(exception.Found.Length, 10, 80);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"nan\"")]
    [InlineData("\"inf\"")]
    [InlineData("true")]
    public void What_is_no_double_is_refused(string json) => Assert.Throws<JsonMismatchException>(() => Read(json, JsonRead.Double));

    [Fact]
    public void Containers_come_back_equal()
    {
        var list = new[] { "a", "b" }.ToValueList();
        var map = new Dictionary<string, ValueList<string>> { ["x"] = list, ["y"] = [] }.ToValueMap();

        var json = Write<IReadOnlyDictionary<string, ValueList<string>>>(
            map, (writer, value) => JsonWrite.Map(writer, value, (w, v) => JsonWrite.List(w, v, JsonWrite.String)));
        var back = Read(json, (ref Utf8JsonReader reader) => JsonRead.Map(ref reader, (ref Utf8JsonReader r) => JsonRead.List(ref r, JsonRead.String)));

        Assert.Equal("""{"x":["a","b"],"y":[]}""", json);
        Assert.True(map.Equals(back));
        Assert.Equal(map.GetHashCode(), back.GetHashCode());
    }

    [Fact]
    public void An_undefined_element_and_a_missing_string_are_refused()
    {
        Assert.Throws<JsonMismatchException>(() => Write<JsonElement>(default, JsonWrite.Element));
        Assert.Throws<JsonMismatchException>(() => Write<string>(null!, JsonWrite.String));
        Assert.Throws<JsonMismatchException>(() => Write<IReadOnlyList<string>>(null!, (w, v) => JsonWrite.List(w, v, JsonWrite.String)));
    }

    private static string Write<T>(T value, JsonWriter<T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        write(writer, value);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static T Read<T>(string json, JsonReader<T> read)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        var value = read(ref reader);
        Assert.False(reader.Read());
        return value;
    }
}
