using System.Text.Json;
using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Workers that have not agreed to attachments, as those of another bridge: all of it is JSON, and the values are the same.</summary>
public sealed class PlainWorkerTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private ByteCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await BytePools.StartAsync(set: options =>
        {
            options.Environment["TYPED_BYTES_PLAIN"] = "1";
            options.MaxMessageBytes = 1_000_000;
        });
        _commands = new ByteCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public async Task Bytes_come_back_exactly(int count)
    {
        var bytes = BytesTests.Some(count);

        Assert.Equal(bytes, (await _commands.EchoBytesAsync(bytes)).ToArray());
    }

    [Fact]
    public async Task Bytes_are_base64_and_count_as_it_against_the_limit()
    {
        // 800,000 bytes are 1,066,668 characters.
        var there = await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.CountBytesAsync(new byte[800_000]));
        var back = await Assert.ThrowsAnyAsync<PythonPoolException>(() => _commands.MakeBytesAsync(800_000));

        Assert.Contains("The request is 1066", there.Message, StringComparison.Ordinal);
        Assert.Contains("MaxMessageBytes", back.Message, StringComparison.Ordinal);
        Assert.Equal(700_000, await _commands.CountBytesAsync(new byte[700_000]));
    }

    [Fact]
    public async Task Long_lists_keep_every_number_and_what_is_none()
    {
        double[] reals = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, .. Enumerable.Range(0, 1000).Select(i => i / 7.0)];
        long[] integers = [long.MinValue, long.MaxValue, .. new long[1000]];

        var back = await _commands.EchoRealsAsync(reals);

        Assert.Equal(reals, back);
        Assert.True(double.IsNegative(back[3]));
        Assert.Equal(integers, await _commands.EchoIntegersAsync(integers));
    }

    [Fact]
    public async Task Records_come_back_exactly_and_what_looks_like_an_attachment_stays_what_it_is()
    {
        const string Json = """{"$attachment":0}""";
        var sample = new SampleInput { Name = "n", Values = new double[1000].ToValueList(), Raw = new ValueBytes(BytesTests.Some(9)) };

        var back = Assert.Single(await _commands.EchoSamplesAsync([sample], JsonSerializer.Deserialize<JsonElement>(Json)));

        Assert.Equal(Json, back.Extra.GetRawText());
        Assert.Equal(BytesTests.Some(9), back.Raw);
        Assert.Equal(sample.Values, back.Values);
    }
}
