using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Commands of bytes and numbers, called without generated code.</summary>
public sealed class RawCallTests : IAsyncLifetime
{
    private PythonPool _pool = null!;

    public async ValueTask InitializeAsync() => _pool = await BytePools.StartAsync();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Without_a_word_of_attachments_everything_is_JSON()
    {
        var bytes = BytesTests.Some(100_000);
        var numbers = Enumerable.Range(0, 1000).Select(i => i + 0.5).ToArray();

        Assert.Equal(bytes, (await _pool.CallAsync("echo_bytes", new { data = bytes })).GetBytesFromBase64());
        Assert.Equal(numbers, (await _pool.CallAsync("echo_reals", new { values = numbers })).Deserialize<double[]>());
        AssertNoneWasLost();
    }

    [Fact]
    public async Task Attachments_are_sent_and_taken_where_the_command_says_so()
    {
        var bytes = BytesTests.Some(100_000);

        Assert.Equal(bytes, await _pool.InvokeAsync(Echo(JsonRead.Bytes, "echo_bytes", "data"), bytes));
        Assert.Equal(bytes, await _pool.InvokeAsync(Echo(JsonRead.Bytes, "echo_bytes", "data", answer: false), bytes));
        AssertNoneWasLost();
    }

    [Fact]
    public async Task Bytes_where_the_schema_has_none_are_an_error_with_their_place()
    {
        var refused = await Assert.ThrowsAsync<InvalidArgumentsException>(
            () => _pool.InvokeAsync(Echo(JsonRead.Bytes, "make_bytes", "count"), BytesTests.Some(100_000)));

        Assert.Equal("/count", refused.Path);
        Assert.Contains("an integer", refused.Message, StringComparison.Ordinal);
        AssertNoneWasLost();
    }

    [Fact]
    public async Task An_odd_number_of_bytes_for_a_list_of_numbers_is_an_error_with_its_place()
    {
        var refused = await Assert.ThrowsAsync<InvalidArgumentsException>(
            () => _pool.InvokeAsync(Echo(JsonRead.Bytes, "echo_reals", "values"), BytesTests.Some(1001)));

        Assert.Equal("/values", refused.Path);
        Assert.Contains("an attachment of 1001 bytes", refused.Message, StringComparison.Ordinal);
        AssertNoneWasLost();
    }

    [Fact]
    public async Task A_reader_that_leaves_an_attachment_it_asked_for_is_told_so_and_the_pool_serves_on()
    {
        var fault = await Assert.ThrowsAsync<ProtocolException>(
            () => _pool.InvokeAsync(Echo(JsonRead.Element, "echo_bytes", "data"), BytesTests.Some(10)));

        Assert.Contains("stands nowhere in the result", fault.Message, StringComparison.Ordinal);
        Assert.Equal("AA==", (await _pool.CallAsync("make_bytes", new { count = 1 })).GetString());
    }

    private static PythonCommand<byte[], TResult> Echo<TResult>(JsonReader<TResult> read, string command, string parameter, bool answer = true) => new(
        command,
        (writer, bytes) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName(parameter);
            JsonWrite.Bytes(writer, bytes);
            writer.WriteEndObject();
        },
        read) { Attaches = true, ReadsAttachments = answer };

    private void AssertNoneWasLost() => Assert.Equal("typed_bytes/1", Assert.Single(_pool.GetStatus().Workers).Id);
}
