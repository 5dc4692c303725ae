using System.Text;
using TypedPool.Serialization;
using TypedPool.Tests.Wire;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

/// <summary>Answers that bring attachments, from a worker that the test scripts.</summary>
public sealed class AttachmentsTests
{
    [Fact]
    public async Task Attachments_cut_at_every_position_reach_their_calls()
    {
        await using var worker = await OpenAsync();
        var bytes = Some(40);
        for (var cut = 1; ; cut++)
        {
            var (call, id) = await CallAsync(worker);
            var answer = Answer(id, """{"$attachment":0}""", bytes);
            if (cut == answer.Length)
            {
                await worker.WriteAsync(answer);
                Assert.Equal(bytes, (await call).Result);
                return;
            }

            await worker.WriteAsync(answer.AsMemory(0, cut));
            Assert.False(call.IsCompleted);
            await worker.WriteAsync(answer.AsMemory(cut));

            Assert.Equal(bytes, (await call).Result);
        }
    }

    [Fact]
    public async Task Answers_with_and_without_attachments_in_one_piece_reach_their_own_calls()
    {
        await using var worker = await OpenAsync();
        var (first, firstId) = await CallAsync(worker);
        var text = worker.CallAsync("text");
        var (textId, _) = await worker.ReadRequestAsync();
        var (last, lastId) = await CallAsync(worker);

        byte[] answers =
        [
            .. Answer(lastId, """{"$attachment":0}""", Some(70_000)),
            .. Frames.Of($$"""{"jsonrpc":"2.0","id":{{textId}},"result":"text"}"""),
            .. Answer(firstId, """{"$attachment":0}""", []),
        ];
        await worker.WriteAsync(answers);

        Assert.Equal((0, "text"), ((await first).Result.Length, (await text).Result));
        Assert.Equal(Some(70_000), (await last).Result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99_999)]
    public async Task A_channel_that_ends_within_an_attachment_ends_the_call(int received)
    {
        await using var worker = await OpenAsync();
        var (call, id) = await CallAsync(worker);
        var answer = Answer(id, """{"$attachment":0}""", Some(100_000));

        await worker.WriteAsync(answer.AsMemory(0, answer.Length - 100_000 + received));
        await worker.EndAsync();

        Assert.True((await Assert.ThrowsAsync<ChannelClosedException>(() => call)).RequestWasSent);
        Assert.Null(await worker.Fault.Task);
    }

    [Theory]
    [InlineData("""{"$attachment":1}""", "attachment 1 of 1")]
    [InlineData("""{"$attachment":-1}""", "attachment -1 of 1")]
    [InlineData("\"AAEC\"", "stands nowhere in the result")]
    public async Task An_attachment_that_is_not_where_it_should_be_ends_the_connection(string result, string told)
    {
        var fault = await FaultAsync(id => Answer(id, result, Some(3)));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_that_is_named_twice_ends_the_connection()
    {
        await using var worker = await OpenAsync();
        var call = worker.CallAsync("x", (ref System.Text.Json.Utf8JsonReader reader) => JsonRead.List(ref reader, JsonRead.Bytes));
        var (id, _) = await worker.ReadRequestAsync();

        await worker.WriteAsync(Answer(id, """[{"$attachment":0},{"$attachment":0}]""", Some(3)));

        var fault = Assert.IsType<ProtocolException>((await Assert.ThrowsAsync<ChannelClosedException>(() => call)).InnerException);
        Assert.Contains("attachment 0 twice", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[-1]", "sizes that are none")]
    [InlineData("[1.5]", "sizes that are none")]
    [InlineData("[1,]", "sizes that are none")]
    [InlineData("[10000000]", "MaxMessageBytes")]
    [InlineData("[9223372036854775807]", "MaxMessageBytes")]
    public async Task A_wrong_announcement_ends_the_connection_without_waiting_for_what_it_announces(string sizes, string told)
    {
        var fault = await FaultAsync(id => Frames.Of($$$"""{"$attachments":{{{sizes}}},"jsonrpc":"2.0","id":{{{id}}},"result":{"$attachment":0}}"""));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":ID,"$attachments":[3],"result":{"$attachment":0}}""")]
    [InlineData("""{ "$attachments":[3],"jsonrpc":"2.0","id":ID,"result":{"$attachment":0}}""")]
    [InlineData("""{"$attachments": [3],"jsonrpc":"2.0","id":ID,"result":{"$attachment":0}}""")]
    public async Task An_announcement_in_another_place_or_spacing_ends_the_connection(string body)
    {
        var fault = await FaultAsync(id => Frames.Of(body.Replace("ID", $"{id}", StringComparison.Ordinal)));

        Assert.Contains("not announced as they should be", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_with_an_error_end_the_connection()
    {
        var fault = await FaultAsync(id =>
        [
            .. Frames.Of($$$"""{"$attachments":[3],"jsonrpc":"2.0","id":{{{id}}},"error":{"code":1,"message":"no"}}"""), .. Some(3)
        ]);

        Assert.Contains("attachments with an error", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_that_were_not_agreed_end_the_connection()
    {
        var fault = await FaultAsync(id => Answer(id, """{"$attachment":0}""", Some(3)), agreed: false);

        Assert.Contains("have not been agreed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_another_form_may_bring_attachments()
    {
        await using var worker = await OpenAsync();
        var (call, id) = await CallAsync(worker);

        byte[] answer =
        [
            .. Frames.Of($$"""{"$attachments":[3], "id":{{id}}, "result":{ "$attachment" : 0 }, "jsonrpc":"2.0" }"""), .. Some(3),
        ];
        await worker.WriteAsync(answer);

        Assert.Equal(Some(3), (await call).Result);
    }

    [Theory]
    [InlineData("""{"$attachment":0,"x":1}""")]
    [InlineData("""{"$attachment":"0"}""")]
    [InlineData("""{"$attachment":0.5}""")]
    [InlineData("""{"$attachment":4294967296}""")]
    [InlineData("""{"attachment":0}""")]
    [InlineData("{}")]
    public async Task What_stands_for_no_attachment_is_a_result_of_the_wrong_type_and_the_connection_stays(string result)
    {
        await using var worker = await OpenAsync();
        var (call, id) = await CallAsync(worker);
        await worker.WriteAsync(Answer(id, result, Some(3)));

        Assert.NotNull((await call).Mismatch);

        var (next, nextId) = await CallAsync(worker);
        await worker.WriteAsync(Answer(nextId, """{"$attachment":0}""", Some(5)));
        Assert.Equal(Some(5), (await next).Result);
    }

    private static async Task<FakeWorker> OpenAsync(bool agreed = true)
    {
        var worker = new FakeWorker();
        await worker.OpenAsync();
        worker.Connection.TakesAttachments = agreed;
        return worker;
    }

    private static async Task<(Task<CallOutcome<ValueBytes>> Call, long Id)> CallAsync(FakeWorker worker)
    {
        var call = worker.CallAsync("x", JsonRead.Bytes);
        return (call, (await worker.ReadRequestAsync()).Id);
    }

    private static async Task<ProtocolException> FaultAsync(Func<long, byte[]> answer, bool agreed = true)
    {
        await using var worker = await OpenAsync(agreed);
        var (call, id) = await CallAsync(worker);
        await worker.WriteAsync(answer(id));

        var closed = await Assert.ThrowsAsync<ChannelClosedException>(() => call);

        var fault = Assert.IsType<ProtocolException>(closed.InnerException);
        Assert.Same(fault, await worker.Fault.Task);
        return fault;
    }

    private static byte[] Answer(long id, string result, byte[] attachment) =>
    [
        .. Frames.Of(Encoding.UTF8.GetBytes($$"""{"$attachments":[{{attachment.Length}}],"jsonrpc":"2.0","id":{{id}},"result":{{result}}}""")),
        .. attachment,
    ];

    private static byte[] Some(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31))];
}
