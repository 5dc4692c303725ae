using System.Text;
using Xunit;

namespace TypedPool.Tests.Protocol;

/// <summary>What no client should send: each is answered as the protocol says, and none makes the server hang or spew.</summary>
public sealed class HostileClientTests : IDisposable
{
    private readonly ServeProcess _server = ServeProcess.Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_batch_is_refused_as_one()
    {
        var answer = await _server.AskAsync(
            """[{"jsonrpc":"2.0","id":1,"method":"remembered"},{"jsonrpc":"2.0","id":2,"method":"remember","params":["x"]}]""");

        RawClient.AssertError(answer, -32600);
        var remembered = await _server.AskAsync("""{"jsonrpc":"2.0","id":3,"method":"remembered"}""");
        Assert.Equal(0, remembered.GetProperty("result").GetArrayLength());
        await _server.EndWellAsync();
    }

    public static TheoryData<string, int, string> Refused => new()
    {
        { "not JSON", -32700, "null" },
        { "{", -32700, "null" },
        { """{"jsonrpc":"2.0","id":1,"method":"subtract","params":[NaN]}""", -32700, "null" },
        { """{"jsonrpc":"2.0","id":1,"method":"remembered"} {}""", -32700, "null" },
        { "null", -32600, "null" },
        { "7", -32600, "null" },
        { "[]", -32600, "null" },
        { "{}", -32600, "null" },
        { """{"jsonrpc":"1.0","id":1,"method":"remembered"}""", -32600, "1" },
        { """{"jsonrpc":"2.0","id":2,"method":7}""", -32600, "2" },
        { """{"jsonrpc":"2.0","id":3,"method":"remembered","params":7}""", -32602, "3" },
        { """{"jsonrpc":"2.0","id":[4],"method":"remembered"}""", -32600, "null" },
        { """{"jsonrpc":"2.0","id":5,"result":1}""", -32600, "5" },
        { """{"jsonrpc":"2.0","id":"six","method":"$/no/such/message"}""", -32601, "\"six\"" },
        { """{"jsonrpc":"2.0","id":7,"method":"remember","params":["\ud800"]}""", -32602, "7" },
        { """{"jsonrpc":"2.0","id":8,"method":"$/initialize","params":{"protocol":99}}""", -32602, "8" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_request_is_refused_and_the_server_goes_on(string body, int code, string id)
    {
        RawClient.AssertError(await _server.AskAsync(body), code, id);
        await _server.AssertServesAsync();

        await _server.EndWellAsync();
    }

    [Fact]
    public async Task What_is_no_UTF_8_is_not_JSON()
    {
        await _server.Input.WriteAsync(RawClient.Frame([0x22, 0xFF, 0xFE, 0x22]));

        RawClient.AssertError(await _server.ReadAsync(), -32700);
        await _server.AssertServesAsync();
        await _server.EndWellAsync();
    }

    [Theory]
    [InlineData("[", "]", 200_000)]
    [InlineData("9", "", 100_000)]
    public async Task What_is_too_much_for_Python_is_refused_and_the_server_goes_on(string open, string close, int times)
    {
        var value = string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times));

        var answer = await _server.AskAsync($$"""{"jsonrpc":"2.0","id":9,"method":"remember","params":[{{value}}]}""");

        // By which step depends on Python: its parser, its limit of digits, or the annotation.
        Assert.Contains(answer.GetProperty("error").GetProperty("code").GetInt32(), new[] { -32600, -32602 });
        Assert.Equal(9, answer.GetProperty("id").GetInt32());
        await _server.AssertServesAsync();
        await _server.EndWellAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3 })]
    [InlineData(new byte[] { 0x10, 0x00, 0x00, 0x01 })]
    public async Task A_length_that_is_not_allowed_ends_the_server(byte[] bytes)
    {
        await _server.Input.WriteAsync(bytes);

        await AssertLeavesRefusingAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 46\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"remembered\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"remembered\"}\n")]
    public async Task Another_framing_ends_the_server(string text)
    {
        await _server.Input.WriteAsync(Encoding.ASCII.GetBytes(text));

        await AssertLeavesRefusingAsync();
    }

    [Fact]
    public async Task A_frame_above_the_agreed_limit_ends_the_server()
    {
        var agreed = await _server.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"$/initialize","params":{"limits":{"maxMessageBytes":1000}}}""");
        Assert.True(agreed.TryGetProperty("result", out _));
        await _server.AssertServesAsync();

        await _server.Input.WriteAsync(RawClient.Frame(new byte[1001]));

        await AssertLeavesRefusingAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_frame_cut_off_by_the_end_of_the_input_is_the_end_of_the_input(int length)
    {
        var frame = RawClient.Frame("""{"jsonrpc":"2.0","id":1,"method":"remembered","params":[]}""");
        await _server.AssertServesAsync();

        await _server.Input.WriteAsync(frame.AsMemory(0, length));

        await _server.EndWellAsync();
        Assert.Equal(0, await _server.Output.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task A_great_frame_of_which_little_comes_is_the_end_of_the_input()
    {
        await _server.Input.WriteAsync(new byte[] { 0x0F, 0xFF, 0xFF, 0xFF, 0x7B });

        await _server.EndWellAsync();
    }

    [Fact]
    public async Task A_frame_may_come_byte_by_byte()
    {
        foreach (var each in RawClient.Frame("""{"jsonrpc":"2.0","id":1,"method":"subtract","params":[2]}"""))
        {
            await _server.Input.WriteAsync(new[] { each });
            await _server.Input.FlushAsync();
        }

        Assert.Equal(1, (await _server.ReadAsync()).GetProperty("result").GetInt32());
        await _server.EndWellAsync();
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_answers_any_more_ends_the_server()
    {
        await _server.AssertServesAsync();

        _server.Output.Dispose();
        await _server.Input.WriteAsync(RawClient.Frame("""{"jsonrpc":"2.0","id":1,"method":"remembered"}"""));

        var (status, said) = await _server.LeftAsync();
        Assert.Equal(1, status);
        AssertBrief(said);
    }

    [Fact]
    public async Task An_input_that_is_empty_ends_the_server_well() => await _server.EndWellAsync();

    private static void AssertBrief(string said)
    {
        Assert.DoesNotContain("Traceback", said, StringComparison.Ordinal);
        Assert.True(said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 1, said);
    }

    /// <summary>One refusal without an id, then the end, though the client is still there.</summary>
    private async Task AssertLeavesRefusingAsync()
    {
        RawClient.AssertError(await _server.ReadAsync(), -32600);
        Assert.Equal(0, await _server.Output.ReadAsync(new byte[1]));
        var (status, said) = await _server.LeftAsync();
        Assert.Equal(1, status);
        AssertBrief(said);
    }
}
