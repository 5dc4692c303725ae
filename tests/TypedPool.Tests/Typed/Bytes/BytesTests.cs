using System.Text.Json;
using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Bytes from C# to Python and back, in every place that a type can stand in.</summary>
public sealed class BytesTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private ByteCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await BytePools.StartAsync();
        _commands = new ByteCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    // Around the sizes at which something changes: what is copied, what a pipe holds, what is received directly.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData((16 * 1024) - 1)]
    [InlineData(16 * 1024)]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) + 1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1_000_003)]
    public async Task Bytes_of_every_size_come_back_exactly(int count)
    {
        var bytes = Some(count);

        Assert.Equal(bytes, (await _commands.EchoBytesAsync(bytes)).ToArray());
    }

    [Fact]
    public async Task A_hundred_megabytes_come_back_exactly()
    {
        var bytes = Some(100 * 1024 * 1024);

        ReadOnlyMemory<byte> back = await _commands.EchoBytesAsync(bytes);

        Assert.True(back.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task A_piece_of_memory_is_sent_as_it_is()
    {
        var bytes = Some(200_000);

        Assert.True((await _commands.EchoBytesAsync(bytes.AsMemory(100_001, 77_777))).Span.SequenceEqual(bytes.AsSpan(100_001, 77_777)));
    }

    [Fact]
    public async Task Python_gets_what_its_annotation_says_and_may_write_to_it()
    {
        var bytes = Some(100_001);

        var changed = await _commands.EchoBytearrayAsync(bytes);

        Assert.Equal((byte)(bytes[0] + 1), changed.Span[0]);
        Assert.True(changed.Span[1..].SequenceEqual(bytes.AsSpan(1)));
        Assert.Equal(bytes.Where((_, index) => index % 2 == 0), (await _commands.EchoMemoryviewAsync(bytes)).ToArray());
        Assert.Equal(0, (await _commands.EchoMemoryviewAsync(Array.Empty<byte>())).Length);
    }

    [Fact]
    public async Task Absent_null_and_empty_bytes_are_three_things()
    {
        Assert.Equal("default"u8.ToArray(), (await _commands.EchoOptionalBytesAsync())?.ToArray());
        Assert.Null(await _commands.EchoOptionalBytesAsync(new Optional<ReadOnlyMemory<byte>?>(null)));
        Assert.Equal(0, (await _commands.EchoOptionalBytesAsync(new Optional<ReadOnlyMemory<byte>?>(ReadOnlyMemory<byte>.Empty)))?.Length);
    }

    [Fact]
    public async Task Many_bytes_of_many_sizes_keep_their_places()
    {
        var list = Enumerable.Range(0, 3000).Select(i => (ReadOnlyMemory<byte>)Some(i % 50 == 0 ? 40_000 : i % 300)).ToList();
        var byName = new Dictionary<string, ReadOnlyMemory<byte>> { ["a"] = Some(70_000), ["b"] = ReadOnlyMemory<byte>.Empty };

        var back = await _commands.EchoManyAsync(list, byName);

        Assert.Equal(list.Select(bytes => new ValueBytes(bytes)), back["list"]);
        Assert.Equal([Some(70_000)], back["a"]);
        Assert.Equal([ValueBytes.Empty], back["b"]);
    }

    [Fact]
    public async Task Records_of_bytes_and_numbers_are_equal_by_their_content()
    {
        foreach (var size in (int[])[0, 10, 100_000])
        {
            var sample = new Sample
            {
                Name = "one",
                Values = Enumerable.Range(0, size).Select(i => i / 7.0).ToValueList(),
                Raw = Some(size),
                Counts = Enumerable.Range(0, size).Select(i => (long)i).ToValueList(),
                Preview = size == 0 ? default(ValueBytes?) : new ValueBytes(Some(3)),
                Parts = new Dictionary<string, ValueList<ValueBytes>> { ["x"] = [Some(size), Some(1)] }.ToValueMap(),
                Extra = JsonSerializer.SerializeToElement<object?>(null),
            };

            var back = await _commands.EchoSampleAsync(Input(sample));

            Assert.Equal(sample with { Extra = back.Extra }, back);
            Assert.Equal(JsonValueKind.Null, back.Extra.ValueKind);
        }
    }

    [Fact]
    public async Task What_looks_like_an_attachment_and_stands_in_anything_stays_what_it_is()
    {
        const string Json = """{"$attachment":0,"nested":[{"$attachment":1},{"$attachments":[3]}]}""";
        var anything = JsonSerializer.Deserialize<JsonElement>(Json);
        var sample = new SampleInput { Name = "n", Values = new double[1000].ToValueList(), Raw = new ValueBytes(Some(9)) };

        var back = Assert.Single(await _commands.EchoSamplesAsync([sample], anything));

        Assert.Equal(Json, back.Extra.GetRawText());
        Assert.Equal(Some(9), back.Raw);
        Assert.Equal(1000, back.Values.Count);
    }

    [Fact]
    public async Task Calls_at_the_same_time_get_their_own_bytes()
    {
        await using var pool = await BytePools.StartAsync(size: 2);
        var commands = new ByteCommands(pool);

        await Task.WhenAll(Enumerable.Range(1, 40).Select(async i =>
        {
            var bytes = Some(i * 9973);
            Assert.Equal(bytes, (await commands.EchoBytesAsync(bytes)).ToArray());
        }));
    }

    internal static byte[] Some(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static SampleInput Input(Sample sample) => new()
    {
        Name = sample.Name,
        Values = sample.Values,
        Raw = sample.Raw,
        Counts = sample.Counts,
        Preview = sample.Preview,
        Parts = sample.Parts,
        Extra = sample.Extra,
    };
}
