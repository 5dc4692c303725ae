using Microsoft.Extensions.Time.Testing;
using TypedPool.Wire;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

/// <summary>All that a connection does, where it rests between calls; and what it does then.</summary>
public sealed class RestingConnectionTests : WorkerConnectionTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static bool _isCalling;

    private readonly FakeTimeProvider _time = new();

    protected override TimeProvider? RestClock => TimeProvider.System;

    [Fact]
    public async Task A_caller_finds_an_answer_that_is_there_already_without_waiting()
    {
        await using var worker = await RestingAsync(readsPromptly: true);
        await worker.AnswerAsync(2, "there already");

        var call = worker.CallAsync("hello");

        // Where it was read in the background, it answered a call that there was not.
        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal("there already", (await call).Result);
    }

    [Fact]
    public async Task A_reader_that_may_wait_holds_up_no_caller_whose_answer_is_there_already()
    {
        using var mayReturn = new ManualResetEventSlim();
        await using var worker = await RestingAsync();
        await worker.AnswerAsync(2, "there already");

        var call = worker.CallAsync("hello", (ref System.Text.Json.Utf8JsonReader reader) =>
        {
            mayReturn.Wait();
            return reader.GetString();
        });
        mayReturn.Set();

        Assert.Equal("there already", (await call).Result);
    }

    [Fact]
    public async Task A_large_answer_that_is_there_already_is_not_read_within_its_call()
    {
        await using var worker = await RestingAsync(readsPromptly: true);
        await worker.AnswerAsync(2, new string('x', 30_000));
        _isCalling = true;

        var call = worker.CallAsync("hello", static (ref System.Text.Json.Utf8JsonReader _) => _isCalling);

        _isCalling = false;
        Assert.False((await call).Result);
    }

    [Fact]
    public async Task What_comes_while_nobody_calls_is_heard_after_a_moment()
    {
        await using var worker = await RestingAsync();
        var listener = new Listener();
        worker.Connection.Listener = listener;
        await worker.SendAsync("""{"jsonrpc":"2.0","method":"$/hello"}""");

        // The first look sees that there was a call, the second that there was none.
        _time.Advance(Rest);
        Assert.False(listener.Heard.IsCompleted);
        _time.Advance(Rest);

        Assert.Equal("$/hello", await listener.Heard);
    }

    [Fact]
    public async Task The_end_of_the_channel_is_noticed_after_a_moment()
    {
        await using var worker = await RestingAsync();
        await worker.EndAsync();

        _time.Advance(Rest);
        _time.Advance(Rest);

        Assert.Null(await worker.Fault.Task);
    }

    [Fact]
    public async Task A_connection_that_rests_is_closed_at_once_when_it_is_aborted()
    {
        await using var worker = await RestingAsync();

        worker.Connection.Abort();

        await worker.Connection.Closed;
    }

    [Fact]
    public async Task A_ping_to_a_connection_that_rests_is_answered_at_once()
    {
        await using var worker = await RestingAsync();
        var ping = worker.CallInBackgroundAsync("ping");
        var (id, _) = await worker.ReadRequestAsync();

        await worker.AnswerAsync(id, "pong");

        Assert.Equal("pong", (await ping).Result);
    }

    [Fact]
    public async Task A_connection_rests_again_after_it_has_read_in_the_background()
    {
        await using var worker = await RestingAsync(readsPromptly: true);
        _time.Advance(Rest);
        _time.Advance(Rest);
        var call = worker.CallAsync("in the background");
        await worker.AnswerAsync((await worker.ReadRequestAsync()).Id, "answer");
        await call;
        await worker.AnswerAsync(3, "there already");

        Assert.True(worker.CallAsync("hello").IsCompletedSuccessfully);
    }

    /// <summary>A worker that has answered a call, after which nobody has called.</summary>
    private async Task<FakeWorker> RestingAsync(bool readsPromptly = false)
    {
        var worker = new FakeWorker(restClock: _time) { ReadsPromptly = readsPromptly };
        await worker.OpenAsync();
        var call = worker.CallAsync("first");
        await worker.AnswerAsync((await worker.ReadRequestAsync()).Id, "answer");
        await call;
        return worker;
    }

    private sealed class Listener : IMessageListener
    {
        private readonly TaskCompletionSource<string> _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<string> Heard => _heard.Task;

        public bool Receive(in IncomingMessage message)
        {
            _heard.TrySetResult(System.Text.Encoding.UTF8.GetString(message.Method));
            return true;
        }
    }
}
