using TypedPool.Serialization;
using TypedPool.Tests.Wire;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public class WorkerConnectionTests
{
    /// <summary>The clock by which the connections of these tests rest; null where they do not.</summary>
    protected virtual TimeProvider? RestClock => null;

    [Fact]
    public async Task A_call_gets_its_answer()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync("hello");
        var (id, text) = await worker.ReadRequestAsync();
        await worker.AnswerAsync(id, text + "!");

        Assert.Equal("hello!", (await call).Result);
    }

    [Fact]
    public async Task Answers_find_their_calls_in_any_order()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var calls = Enumerable.Range(0, 20).Select(i => worker.CallAsync($"{i}")).ToArray();
        var requests = new List<(long Id, string Params)>();
        foreach (var _ in calls)
        {
            requests.Add(await worker.ReadRequestAsync());
        }

        foreach (var (id, text) in requests.OrderBy(request => request.Id * 7 % 20))
        {
            await worker.AnswerAsync(id, "answer to " + text);
        }

        for (var i = 0; i < calls.Length; i++)
        {
            Assert.Equal($"answer to {i}", (await calls[i]).Result);
        }
    }

    [Fact]
    public async Task A_call_beside_a_ping_reads_its_own_answer_and_the_ping_gets_its_one()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var ping = worker.CallInBackgroundAsync("ping");
        var (pingId, _) = await worker.ReadRequestAsync();
        var call = worker.CallAsync("call");
        var (callId, _) = await worker.ReadRequestAsync();

        // In one piece, so that whoever reads gets both.
        var frames = Frames.Of($$"""{"jsonrpc":"2.0","id":{{pingId}},"result":"pong"}""")
            .Concat(Frames.Of($$"""{"jsonrpc":"2.0","id":{{callId}},"result":"mine"}""")).ToArray();
        await worker.WriteAsync(frames);

        Assert.Equal(("pong", "mine"), ((await ping).Result, (await call).Result));
        var next = worker.CallAsync("next");
        var (nextId, _) = await worker.ReadRequestAsync();
        await worker.AnswerAsync(nextId, "fine");
        Assert.Equal("fine", (await next).Result);
    }

    [Fact]
    public async Task An_answer_that_comes_in_one_piece_with_garbage_reaches_its_call()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync("mine");
        var (id, _) = await worker.ReadRequestAsync();

        await worker.WriteAsync(Frames.Of($$"""{"jsonrpc":"2.0","id":{{id}},"result":"mine"}""").Concat(Frames.Of("garbage")).ToArray());

        Assert.Equal("mine", (await call).Result);
        Assert.NotNull(await worker.Fault.Task);
    }

    [Fact]
    public async Task With_bytes_cut_anywhere_and_callers_that_come_and_go_every_call_gets_its_own_answer()
    {
        const int Callers = 8;
        const int Rounds = 200;
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var serving = Task.Run(async () =>
        {
            var random = new Random(42);
            for (var served = 0; served < Callers * Rounds; served++)
            {
                var (id, text) = await worker.ReadRequestAsync();
                ReadOnlyMemory<byte> frame = Frames.Of($$"""{"jsonrpc":"2.0","id":{{id}},"result":"{{text}}"}""");
                while (frame.Length > 0)
                {
                    var piece = random.Next(1, frame.Length + 1);
                    await worker.WriteAsync(frame[..piece]);
                    frame = frame[piece..];
                    if (random.Next(4) == 0)
                    {
                        await Task.Yield();
                    }
                }
            }
        });

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var text = $"{caller}.{round}." + new string('x', round * 7 % 500);
                Assert.Equal(text, (await worker.CallAsync(text)).Result);
            }
        })));
        await serving;
    }

    [Fact]
    public async Task A_request_larger_than_the_pipe_does_not_wait_for_a_worker_that_is_writing()
    {
        await using var worker = new FakeWorker(pipeBytes: 4096, restClock: RestClock);
        await worker.OpenAsync();
        var small = worker.CallAsync("small");
        var (smallId, _) = await worker.ReadRequestAsync();
        var large = worker.CallAsync(new string('x', 1_000_000));

        // The worker writes more than a pipe holds before it reads on.
        await worker.AnswerAsync(smallId, new string('y', 1_000_000));
        Assert.Equal(1_000_000, (await small).Result.Length);
        var (largeId, text) = await worker.ReadRequestAsync();
        await worker.AnswerAsync(largeId, "got " + text.Length);

        Assert.Equal("got 1000000", (await large).Result);
    }

    [Fact]
    public async Task An_answer_with_an_unknown_id_reaches_nobody_and_ends_the_connection()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync("mine");
        var (id, _) = await worker.ReadRequestAsync();
        await worker.AnswerAsync(id + 1, "not yours");

        var closed = await Assert.ThrowsAsync<ChannelClosedException>(() => call);

        Assert.True(closed.RequestWasSent);
        Assert.IsType<ProtocolException>(closed.InnerException);
        Assert.NotNull(await worker.Fault.Task);
    }

    [Fact]
    public async Task A_second_answer_to_the_same_call_ends_the_connection()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync("mine");
        var (id, _) = await worker.ReadRequestAsync();
        await worker.AnswerAsync(id, "first");
        Assert.Equal("first", (await call).Result);

        await worker.AnswerAsync(id, "second");

        Assert.NotNull(await worker.Fault.Task);
    }

    [Fact]
    public async Task Garbage_from_an_idle_worker_is_noticed_without_a_call()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        await worker.WriteAsync("not a frame at all"u8.ToArray());

        Assert.NotNull(await worker.Fault.Task);
        var closed = await Assert.ThrowsAsync<ChannelClosedException>(() => worker.CallAsync("late"));
        Assert.False(closed.RequestWasSent);
    }

    [Fact]
    public async Task The_end_of_the_channel_ends_every_call_in_flight()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var calls = Enumerable.Range(0, 5).Select(i => worker.CallAsync($"{i}")).ToArray();
        foreach (var _ in calls)
        {
            await worker.ReadRequestAsync();
        }

        await worker.WriteAsync(Frames.Of("""{"jsonrpc":"2.0","id":1,"result":"0"}""")[..20]);
        await worker.EndAsync();

        foreach (var call in calls)
        {
            Assert.True((await Assert.ThrowsAsync<ChannelClosedException>(() => call)).RequestWasSent);
        }

        Assert.Null(await worker.Fault.Task);
    }

    [Fact]
    public async Task A_write_that_ends_after_everything_else_does_not_change_what_became_of_the_call()
    {
        var worker = new FakeWorker(pipeBytes: 4096, restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync(new string('x', 1_000_000));
        await worker.EndAsync();
        await worker.Connection.Closed;

        await worker.DisposeAsync();

        Assert.True((await Assert.ThrowsAsync<ChannelClosedException>(() => call)).RequestWasSent);
    }

    [Fact]
    public async Task A_result_of_the_wrong_type_is_told_with_its_place_and_the_connection_stays()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync("x");
        var (id, _) = await worker.ReadRequestAsync();
        await worker.SendAsync("""{"jsonrpc":"2.0","id":ID,"result":{"a":1}}""".Replace("ID", $"{id}", StringComparison.Ordinal));

        Assert.Equal("an object", (await call).Mismatch!.Found);

        var next = worker.CallAsync("y");
        var (nextId, _) = await worker.ReadRequestAsync();
        await worker.AnswerAsync(nextId, "fine");
        Assert.Equal("fine", (await next).Result);
    }

    [Fact]
    public async Task A_result_that_nests_more_deeply_than_is_read_here_fails_its_call_and_the_connection_stays()
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync("x", JsonRead.Element);
        var (id, _) = await worker.ReadRequestAsync();
        await worker.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{new string('[', 5_000) + new string(']', 5_000)}}}""");

        Assert.Contains("1000 levels", (await call).Mismatch!.Expected, StringComparison.Ordinal);

        var next = worker.CallAsync("y");
        var (nextId, _) = await worker.ReadRequestAsync();
        await worker.AnswerAsync(nextId, "fine");
        Assert.Equal("fine", (await next).Result);
    }

    [Theory]
    [InlineData("\"x\" nonsense}")]
    [InlineData("\"x")]
    [InlineData("\"x\"")]
    [InlineData("\"x\",\"error\":{\"code\":1,\"message\":\"\"}}")]
    [InlineData("{\"a\":1}")]
    [InlineData("}")]
    public async Task A_result_that_is_not_JSON_ends_the_connection(string afterResult)
    {
        await using var worker = new FakeWorker(restClock: RestClock);
        await worker.OpenAsync();
        var call = worker.CallAsync("x");
        var (id, _) = await worker.ReadRequestAsync();
        await worker.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":""" + afterResult);

        Assert.IsType<ProtocolException>((await Assert.ThrowsAsync<ChannelClosedException>(() => call)).InnerException);
    }
}
