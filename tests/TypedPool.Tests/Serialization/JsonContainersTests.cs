using System.Text;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Serialization;

/// <summary>What containers refuse when they are read, and where they say that it stands.</summary>
public sealed class JsonContainersTests
{
    private delegate void Reading(ref Utf8JsonReader reader);

    [Theory]
    [InlineData("{}", "", "Expected an array, found an object.")]
    [InlineData("[1,2,1]", "/2", "Expected an item that the set does not have yet, found 1 again.")]
    [InlineData("[1,\"x\"]", "/1", "Expected an integer of 64 bits, found the string \"x\".")]
    public void Sets(string json, string path, string message) =>
        Refuses(json, path, message, static (ref Utf8JsonReader reader) => JsonRead.Set(ref reader, JsonRead.Int64));

    [Theory]
    [InlineData("""{"a":1,"b":2,"a":3}""", "/a", "Expected a key that the map does not have yet, found the name \"a\" again.")]
    [InlineData("[]", "", "Expected an object, found an array.")]
    public void Maps_named_by_strings(string json, string path, string message) =>
        Refuses(json, path, message, static (ref Utf8JsonReader reader) => JsonRead.Map(ref reader, JsonRead.Int64));

    [Theory]
    [InlineData("""{"1":1,"2":2,"1":3}""", "/1", "Expected a key that the map does not have yet, found the name \"1\" again.")]
    [InlineData("""{"1":1,"01":2}""", "/01", "Expected an integer, found the name \"01\".")]
    [InlineData("""{"":2}""", "/", "Expected an integer, found the name \"\".")]
    [InlineData("""{" 1":2}""", "/ 1", "Expected an integer, found the name \" 1\".")]
    [InlineData("""{"1 ":2}""", "/1 ", "Expected an integer, found the name \"1 \".")]
    [InlineData("""{"1,2":2}""", "/1,2", "Expected an integer, found the name \"1,2\".")]
    [InlineData("""{"\"1\"":2}""", "/\"1\"", "Expected an integer, found the name \"\\\"1\\\"\".")]
    [InlineData("""{"1.5":2}""", "/1.5", "Expected an integer of 64 bits, found the name \"1.5\".")]
    [InlineData("""{"true":2}""", "/true", "Expected an integer of 64 bits, found the name \"true\".")]
    [InlineData("""{"9223372036854775808":2}""", "/9223372036854775808", "Expected an integer of 64 bits, found the name \"9223372036854775808\".")]
    [InlineData("""{"1":"x"}""", "/1", "Expected an integer of 64 bits, found the string \"x\".")]
    public void Maps_named_by_numbers(string json, string path, string message) => Refuses(
        json, path, message, static (ref Utf8JsonReader reader) => JsonRead.NumberedMap(ref reader, JsonRead.Int64, JsonRead.Int64));

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("quoted \" and \\ \u0001 \u2028 ü 😀")]
    [InlineData("long")]
    public void Keys_come_back_exactly_through_any_reader_and_writer_of_strings(string key)
    {
        key = key == "long" ? new string('ß', 1_000) : key;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonWrite.Map(writer, new Dictionary<string, long> { [key] = 1, ["other"] = 2 }, JsonWrite.String, JsonWrite.Int64);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        reader.Read();
        Assert.Equal(
            new Dictionary<string, long> { ["other"] = 2, [key] = 1 }.ToValueMap(), JsonRead.Map(ref reader, JsonRead.String, JsonRead.Int64));
    }

    [Fact]
    public void Two_spellings_of_one_key_are_refused() => Refuses(
        """{"\u0061":1,"a":2}""",
        "/a",
        "Expected a key that the map does not have yet, found the name \"a\" again.",
        static (ref Utf8JsonReader reader) => JsonRead.Map(ref reader, JsonRead.String, JsonRead.Int64));

    private static void Refuses(string json, string path, string message, Reading read)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        JsonMismatchException? caught = null;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            read(ref reader);
        }
        catch (JsonMismatchException exception)
        {
            caught = exception;
        }

        Assert.NotNull(caught);
        Assert.Equal((path, message), (JsonPointer.At(bytes, caught.Offset!.Value), caught.Message));
    }
}
