using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedPool.Serialization;
using Xunit;

namespace TypedPool.Tests.Serialization;

/// <summary>What writers refuse at which place, and what they do not allocate.</summary>
public sealed class JsonWriteTests
{
    private static readonly JsonEncodedText Name = JsonWrite.Encoded("größe <&>");

    public static TheoryData<int> Lengths() => [.. Enumerable.Range(1, 12), 31, 32, 33, 34, 100];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_lone_surrogate_is_found_at_every_place_and_nothing_is_taken_for_one(int length)
    {
        for (var at = 0; at < length; at++)
        {
            foreach (var c in "\ud800\udbff\udc00\udfff")
            {
                var text = Text(length, at, c);
                Assert.Throws<JsonMismatchException>(() => Written(writer => JsonWrite.String(writer, text)));
                Assert.Throws<JsonMismatchException>(() => WrittenInObject(writer => JsonWrite.String(writer, Name, text)));
            }

            foreach (var c in "\u7fff\u8000\ud7ff\ue000\uffff\0")
            {
                AssertReadsBack(Text(length, at, c));
            }

            AssertReadsBack(Text(length, at, 'x').Insert(at, "😀"));
        }
    }

    [Fact]
    public void A_member_that_is_refused_leaves_its_name_which_the_path_is_read_from()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();

        Assert.Throws<JsonMismatchException>(() => JsonWrite.String(writer, Name, null!));

        writer.Flush();
        Assert.Equal("{\"größe <&>\":", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Theory]
    [InlineData(1.5, "1.5")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    public void A_member_is_the_number_that_stands_alone(double number, string json)
    {
        Assert.Equal(json, Written(writer => JsonWrite.Double(writer, number)));
        Assert.Equal($"{{\"größe <&>\":{json}}}", WrittenInObject(writer => JsonWrite.Double(writer, Name, number)));
    }

    [Fact]
    public void Members_of_the_native_types_are_written_behind_their_names()
    {
        Assert.Equal("{\"größe <&>\":true}", WrittenInObject(writer => JsonWrite.Boolean(writer, Name, true)));
        Assert.Equal("{\"größe <&>\":-9223372036854775808}", WrittenInObject(writer => JsonWrite.Int64(writer, Name, long.MinValue)));
    }

    [Fact]
    public void Maps_in_maps_of_any_keys_allocate_nothing()
    {
        var maps = Enumerable.Range(0, 20).ToDictionary(i => (long)i, i => new Dictionary<Guid, long> { [default] = i }.ToValueMap()).ToValueMap();
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Write();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Write();

        // Each map is enumerated as the dictionary that any other is: that is all.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 21 * 80);
        Assert.StartsWith("{\"0\":{\"00000000-0000-0000-0000-000000000000\":0},\"1\":", Encoding.UTF8.GetString(buffer.WrittenSpan), StringComparison.Ordinal);

        void Write()
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            JsonWrite.Map(writer, maps, static (keys, key) => JsonWrite.Int64(keys, key), static (items, item) =>
                JsonWrite.Map(items, item, static (keys, key) => JsonWrite.Guid(keys, key), static (numbers, number) => JsonWrite.Int64(numbers, number)));
            writer.Flush();
        }
    }

    [Fact]
    public void A_key_that_is_refused_spoils_no_later_one()
    {
        var key = new DateTime(1, DateTimeKind.Unspecified);
        Assert.Throws<JsonMismatchException>(() => Written(writer => Map(writer, key)));

        Assert.Equal("{\"0001-01-01T00:00:00\":1}", Written(writer => Map(writer, default)));

        static void Map(Utf8JsonWriter writer, DateTime key) =>
            JsonWrite.Map(writer, new Dictionary<DateTime, long> { [key] = 1 }, JsonWrite.DateTime, JsonWrite.Int64);
    }

    private static string Text(int length, int at, char c) => string.Create(CultureInfo.InvariantCulture, $"{new string('a', at)}{c}{new string('b', length - at - 1)}");

    private static void AssertReadsBack(string text)
    {
        Assert.Equal(text, JsonElement.Parse(Written(writer => JsonWrite.String(writer, text))).GetString());
        Assert.Equal(text, JsonElement.Parse(WrittenInObject(writer => JsonWrite.String(writer, Name, text))).EnumerateObject().Single().Value.GetString());
    }

    private static string WrittenInObject(Action<Utf8JsonWriter> write) => Written(writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        write(writer);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
