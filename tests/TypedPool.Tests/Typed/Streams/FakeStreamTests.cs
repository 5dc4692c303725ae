using TypedPool.Fakes;
using Xunit;

namespace TypedPool.Tests.Typed.Streams;

/// <summary>Streams from a fake in the pool's place.</summary>
public sealed class FakeStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_is_yielded_anew_by_each_enumeration_and_every_one_is_recorded()
    {
        var python = new FakeInvoker().OnStream("count", (CountRequest request) => Enumerable.Range(0, (int)request.To).Select(number => (long)number));
        var stream = new StreamCommands(python).CountAsync(3);

        Assert.Empty(python.Calls);
        Assert.Equal([0L, 1, 2], await stream.ToListAsync(Token));
        Assert.Equal([0L, 1, 2], await stream.ToListAsync(Token));

        Assert.Equal(["""{"to":3}""", """{"to":3}"""], python.Calls.Select(call => call.Arguments.GetRawText()));
    }

    [Fact]
    public async Task An_endless_stream_ends_with_its_reader_and_with_its_token()
    {
        var ended = 0;
        var python = new FakeInvoker().OnStream("count", (CountRequest _) => Endless());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Assert.Equal([7L, 7], await new StreamCommands(python).CountAsync(0).Take(2).ToListAsync(Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in new StreamCommands(python).CountAsync(0, cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal(2, ended);

        IEnumerable<long> Endless()
        {
            try
            {
                while (true)
                {
                    yield return 7;
                }
            }
            finally
            {
                ended++;
            }
        }
    }

    [Fact]
    public async Task What_the_items_throw_arrives_after_those_before_it()
    {
        var python = new FakeInvoker().OnStream("count", (CountRequest _) => new long[] { 1, 0 }.Select(number => 1 / number));
        var seen = new List<long>();

        await Assert.ThrowsAsync<DivideByZeroException>(async () =>
        {
            await foreach (var item in new StreamCommands(python).CountAsync(0))
            {
                seen.Add(item);
            }
        });

        Assert.Equal([1L], seen);
    }

    [Fact]
    public async Task Parameters_that_are_streams_are_the_answers_to_read()
    {
        var python = new FakeInvoker()
            .On("longest", async (LongestRequest request, CancellationToken token) => (Label?)new Label { Name = (await request.Labels.LastAsync(token)).Name, Kind = Kind.Bad })
            .On("joined", (JoinedRequest _) => "unread")
            .OnStream("sizes", (SizesRequest request, CancellationToken _) => request.Parts.Select(part => (long)part.Length));
        var commands = new StreamCommands(python);
        LabelInput[] labels = [new() { Name = "a" }, new() { Name = "b" }];
        ReadOnlyMemory<byte>[] parts = [new byte[3], new byte[2]];

        Assert.Equal("b", (await commands.LongestAsync(labels.ToAsyncEnumerable()))?.Name);
        Assert.Equal([3L, 2], await commands.SizesAsync(parts.ToAsyncEnumerable()).ToListAsync(Token));
        Assert.Equal("unread", await commands.JoinedAsync(Failing()));

        // What stands for them is what Python would have received.
        Assert.Equal(
            ["{\"labels\":{\"$stream\":0}}", "{\"parts\":{\"$stream\":0}}", "{\"rows\":{\"$stream\":0}}"],
            python.Calls.Select(call => call.Arguments.GetRawText()));

        static IAsyncEnumerable<string[]> Failing() => AsyncEnumerable.Range(0, 1).Select(string[] (_) => throw new InvalidOperationException("Nobody reads it."));
    }

    [Fact]
    public async Task A_stream_without_an_answer_says_how_to_give_it_one()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new StreamCommands(new FakeInvoker()).CountAsync(1).ToListAsync(Token).AsTask());

        Assert.Contains("OnStream(\"count\", (CountRequest request) => several Int64", error.Message, StringComparison.Ordinal);
    }
}
