using System.Text;
using TypedPool.Serialization;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public sealed class SpareCallTests
{
    [ThreadStatic]
    private static bool _isFailing;

    private readonly SpareCall _spare = new();

    [Fact]
    public async Task A_call_that_is_used_again_has_nothing_of_the_one_before()
    {
        var first = _spare.Take(JsonRead.String);
        first.Id = 7;
        Answer(first, "\"first\"");
        Assert.Equal("first", (await first.Outcome).Result);
        _spare.Keep(first);

        var second = _spare.Take(JsonRead.String);

        Assert.Same(first, second);
        Assert.Equal(0, second.Id);
        Assert.False(second.Outcome.IsCompleted);
        Answer(second, "\"second\"");
        Assert.Equal("second", (await second.Outcome).Result);
    }

    [Fact]
    public async Task A_refused_result_is_refused_in_one_call_only()
    {
        var first = _spare.Take<string>(static (ref System.Text.Json.Utf8JsonReader _) => throw new InvalidOperationException("refused"));
        Answer(first, "\"first\"");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await first.Outcome);
        _spare.Keep(first);

        var second = _spare.Take(JsonRead.String);
        Answer(second, "\"second\"");

        Assert.Equal("second", (await second.Outcome).Result);
    }

    [Fact]
    public void A_call_is_given_out_once_and_only_for_results_of_its_type()
    {
        var first = _spare.Take(JsonRead.String);
        _spare.Keep(first);
        Assert.Same(first, _spare.Take(JsonRead.String));
        Assert.NotSame(first, _spare.Take(JsonRead.String));

        _spare.Keep(first);
        Assert.False(_spare.Take(JsonRead.Int64).Outcome.IsCompleted);
    }

    [Fact]
    public async Task The_caller_of_a_call_that_fails_goes_on_elsewhere_also_when_it_is_used_again()
    {
        var first = _spare.Take(JsonRead.String);
        Answer(first, "\"first\"");
        await first.Outcome;
        _spare.Keep(first);
        var second = _spare.Take(JsonRead.String);
        var wentOnWithinFail = WentOnWithinFailAsync(second);

        _isFailing = true;
        second.Fail(new ChannelClosedException(requestId: 7, requestWasSent: true, cause: null));
        _isFailing = false;

        Assert.False(await wentOnWithinFail);
    }

    private static async Task<bool> WentOnWithinFailAsync(PendingCall<string> call)
    {
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await call.Outcome);
        return _isFailing;
    }

    private static void Answer(PendingCall call, string result)
    {
        call.Read(TypedPool.Wire.Answer.Parse(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":7,"result":{{result}}}""")));
        call.End(onThisThread: true);
    }
}
