using System.Text;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.SharedMemory;
using TypedPool.Tests.Wire;
using TypedPool.Wire;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

/// <summary>Calls in shared memory, with a worker that the test scripts: what it may say of memory, and what becomes of the memory then.</summary>
public sealed class SharedMemoryTests : IDisposable
{
    private const int Large = 100_000;

    private readonly SegmentPool _memory;

    public SharedMemoryTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory is for Linux.");
        _memory = new SegmentPool(10_000_000, TimeProvider.System);
    }

    public void Dispose() => _memory?.Dispose();

    [Fact]
    public async Task Large_arguments_are_in_a_segment_that_the_next_call_has_again()
    {
        await using var worker = await OpenAsync();
        var segment = "";
        for (var i = 0; i < 3; i++)
        {
            var sent = await CallAsync(worker, Large + i);
            Assert.Equal(Large + i, sent.Size);
            Assert.True(segment.Length == 0 || segment == sent.Segment);
            segment = sent.Segment;
            Assert.Equal(Some(Large + i), Read(segment, sent.Size));

            await worker.WriteAsync(Answer(sent.Id, "\"AAEC\""));
            Assert.Equal(3, (await sent.Call).Result.Length);
        }

        Assert.Equal(1, _memory.Count);
    }

    [Fact]
    public async Task Memory_that_the_worker_keeps_is_left_to_it()
    {
        await using var worker = await OpenAsync();
        foreach (var result in (string[])["\"result\":\"AAEC\"", "\"error\":{\"code\":-32000,\"message\":\"no\"}"])
        {
            var sent = await CallAsync(worker, Large);
            using var kept = new FileStream(PathOf(sent.Segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            await worker.WriteAsync(Frames.Of($$"""{"jsonrpc":"2.0","kept":true,"id":{{sent.Id}},{{result}}}"""));
            await sent.Call;

            var next = await CallAsync(worker, Large, fill: 1);

            Assert.NotEqual(sent.Segment, next.Segment);
            Assert.Equal(Some(Large), Read(kept, Large));
            await worker.WriteAsync(Answer(next.Id, "\"AAEC\""));
            await next.Call;
            Assert.Equal(1, _memory.Count);
        }
    }

    [Fact]
    public async Task After_a_large_answer_the_worker_is_lent_memory_for_the_next()
    {
        await using var worker = await OpenAsync();
        await AnswerThroughPipeAsync(worker, 10);
        Assert.Null((await AnswerThroughPipeAsync(worker, Large)).Lent);
        for (var i = 0; i < 3; i++)
        {
            var sent = await CallAsync(worker, Large);
            Assert.NotEqual(sent.Segment, sent.Lent);
            Write(sent.Lent!, Some(70_001 + i));

            await worker.WriteAsync(InMemory(sent.Id, sent.Lent!, 70_001 + i));

            Assert.Equal(Some(70_001 + i), (await sent.Call).Result);
        }

        Assert.Equal(2, _memory.Count);
    }

    [Fact]
    public async Task Calls_at_once_have_memory_of_their_own()
    {
        await using var worker = await OpenAsync();
        await AnswerThroughPipeAsync(worker, Large);
        var first = await CallAsync(worker, Large);
        var second = await CallAsync(worker, Large, fill: 1);
        Assert.Equal(4, new[] { first.Segment, first.Lent, second.Segment, second.Lent }.Distinct().Count());
        Write(second.Lent!, Some(70_000));
        Write(first.Lent!, Some(80_000));

        await worker.WriteAsync(InMemory(second.Id, second.Lent!, 70_000));
        Assert.Equal(Some(70_000), (await second.Call).Result);
        Assert.Equal(Some(Large), Read(first.Segment, Large));
        await worker.WriteAsync(InMemory(first.Id, first.Lent!, 80_000));
        Assert.Equal(Some(80_000), (await first.Call).Result);
    }

    [Theory]
    [InlineData("\"ARGUMENTS\",70000", "not been lent for that")]
    [InlineData("\"9999.9\",70000", "not been lent for that")]
    [InlineData("\"LENT\",20000000", "20000000 bytes in a segment of")]
    [InlineData("\"LENT\",2147483647,2147483647", "more than the 2147483647 bytes")]
    [InlineData("\"LENT\",-1", "sizes that are none")]
    [InlineData("\"LENT\",8,", "sizes that are none")]
    [InlineData("\"LENT\",1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "more than the message can name")]
    [InlineData("\"LENT\"", "a segment that is none")]
    [InlineData("\"\",70000", "a segment that is none")]
    [InlineData("\"LENT", "a segment that is none")]
    public async Task Memory_that_is_not_where_or_what_it_should_be_ends_the_connection(string announced, string told)
    {
        await using var worker = await OpenAsync();
        await AnswerThroughPipeAsync(worker, Large);
        var sent = await CallAsync(worker, Large);
        announced = announced.Replace("ARGUMENTS", sent.Segment, StringComparison.Ordinal).Replace("LENT", sent.Lent, StringComparison.Ordinal);

        await worker.WriteAsync(Frames.Of($$$"""{"$attachments":[{{{announced}}}],"jsonrpc":"2.0","id":{{{sent.Id}}},"result":{"$attachment":0}}"""));

        var fault = Assert.IsType<ProtocolException>((await Assert.ThrowsAsync<ChannelClosedException>(() => sent.Call)).InnerException);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, _memory.Count);
    }

    [Fact]
    public async Task Memory_for_a_call_that_was_lent_none_ends_the_connection()
    {
        await using var worker = await OpenAsync();
        var sent = await CallAsync(worker, 10);

        await worker.WriteAsync(InMemory(sent.Id, "7.1", 70_000));

        var fault = Assert.IsType<ProtocolException>((await Assert.ThrowsAsync<ChannelClosedException>(() => sent.Call)).InnerException);
        Assert.Contains("has been lent none", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_of_a_call_that_gets_no_answer_is_given_up()
    {
        await using var worker = await OpenAsync();
        await AnswerThroughPipeAsync(worker, Large);
        var sent = await CallAsync(worker, Large);
        using var used = new FileStream(PathOf(sent.Segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);

        await worker.EndAsync();

        await Assert.ThrowsAsync<ChannelClosedException>(() => sent.Call);
        Assert.Equal(0, _memory.Count);
        // The worker may not know yet that it has ended.
        Assert.Equal(Some(Large), Read(used, Large));
    }

    [Fact]
    public async Task Without_agreement_all_goes_through_the_pipe()
    {
        await using var worker = await OpenAsync();
        worker.Connection.Memory = null;
        await AnswerThroughPipeAsync(worker, Large);

        using var request = Request(Large, 0);
        var call = worker.Connection.CallAsync(request, Timeout.InfiniteTimeSpan, JsonRead.Bytes).AsTask();
        var (message, attachments) = await worker.ReadMessageAsync();

        Assert.Equal(Some(Large), Assert.Single(attachments));
        Assert.False(message.TryGetProperty("memory", out _));
        await worker.WriteAsync(Answer(message.GetProperty("id").GetInt64(), "\"AAEC\""));
        await call;
    }

    private async Task<FakeWorker> OpenAsync()
    {
        var worker = new FakeWorker();
        await worker.OpenAsync();
        worker.Connection.TakesAttachments = true;
        worker.Connection.Memory = _memory;
        return worker;
    }

    private static RequestBuffer Request(int bytes, byte fill)
    {
        var request = new RequestBuffer();
        var writer = request.Begin(JsonEncodedText.Encode("echo"));
        writer.WriteStartObject();
        writer.WriteNumber("$attachment"u8, 0);
        writer.WriteEndObject();
        request.AnswerAttaches = true;
        request.End(null, null, progress: false, credit: 0, [Some(bytes, fill)], new MemoryStream());
        return request;
    }

    private static async Task<SentInMemory> CallAsync(FakeWorker worker, int bytes, byte fill = 0)
    {
        var request = Request(bytes, fill);
        var call = worker.Connection.CallAsync(request, Timeout.InfiniteTimeSpan, JsonRead.Bytes).AsTask();
        var (message, _) = await worker.ReadMessageAsync();
        _ = call.ContinueWith(_ => request.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var announced = message.GetProperty("$attachments").EnumerateArray().ToArray();
        var isInMemory = announced[0].ValueKind == JsonValueKind.String;
        return new SentInMemory(
            call,
            message.GetProperty("id").GetInt64(),
            isInMemory ? announced[0].GetString()! : "",
            announced[^1].GetInt32(),
            message.TryGetProperty("memory", out var lent) ? lent.GetString() : null);
    }

    private static async Task<SentInMemory> AnswerThroughPipeAsync(FakeWorker worker, int bytes)
    {
        var sent = await CallAsync(worker, 10);
        byte[] answer =
        [
            .. Frames.Of($$$"""{"$attachments":[{{{bytes}}}],"jsonrpc":"2.0","id":{{{sent.Id}}},"result":{"$attachment":0}}"""), .. Some(bytes),
        ];
        await worker.WriteAsync(answer);
        Assert.Equal(bytes, (await sent.Call).Result.Length);
        return sent;
    }

    private static byte[] Answer(long id, string result) => Frames.Of($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}""");

    private static byte[] InMemory(long id, string segment, int bytes) =>
        Frames.Of(Encoding.UTF8.GetBytes($$$"""{"$attachments":["{{{segment}}}",{{{bytes}}}],"jsonrpc":"2.0","id":{{{id}}},"result":{"$attachment":0}}"""));

    private static string PathOf(string segment) => Path.Combine(SegmentPool.Folder, segment.Split('.')[0]);

    private static byte[] Read(string segment, int count)
    {
        using var file = new FileStream(PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Read(file, count);
    }

    private static byte[] Read(FileStream file, int count)
    {
        var bytes = new byte[count];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void Write(string segment, byte[] bytes)
    {
        using var file = new FileStream(PathOf(segment), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(bytes);
    }

    private static byte[] Some(int count, byte fill = 0) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 31) + fill))];

    /// <param name="Call">The call.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="Segment">Where its arguments are; empty where they came through the pipe.</param>
    /// <param name="Size">The size of the last of them.</param>
    /// <param name="Lent">Where its result may be put, or null.</param>
    private sealed record SentInMemory(Task<CallOutcome<ValueBytes>> Call, long Id, string Segment, int Size, string? Lent);
}
