using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Typed.Streams;

/// <summary>Streams through a generated client.</summary>
public sealed class StreamClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_of_every_kind_are_typed()
    {
        await using var pool = await StartAsync();
        IStreamCommands commands = new StreamCommands(pool);

        Assert.Equal([0L, 1, 2], await commands.CountAsync(3).ToListAsync(Token));
        Assert.Equal(
            [new Label { Name = "a", Kind = Kind.Good }, new Label { Name = "x", Kind = Kind.Bad }],
            await commands.LabelsAsync(["a", "x"]).ToListAsync(Token));
        Assert.Equal(["0", null, "2"], await commands.MaybeAsync(3).ToListAsync(Token));
        Assert.Equal([new Label { Name = "0", Kind = Kind.Good }, new Box { Width = 1 }], await commands.EitherAsync(2).Select(each => each.Value).ToListAsync(Token));
        Assert.Equal([1.0, 1.0], await commands.OnesAsync().Take(2).ToListAsync(Token));
        Assert.Equal([[1, 1], [1, 1, 1]], [(await commands.RowsAsync(2, 2).LastAsync(Token)).ToArray(), (await commands.RowsAsync(2, 3).LastAsync(Token)).ToArray()]);
        Assert.Equal(Enumerable.Repeat(1.0, 100), (await commands.TablesAsync(2, 100).LastAsync(Token)).ToArray());
    }

    [Fact]
    public async Task A_declared_exception_arrives_typed_after_the_items_before_it()
    {
        await using var pool = await StartAsync();
        var seen = new List<string>();

        var exception = await Assert.ThrowsAsync<EmptyTextException>(async () =>
        {
            await foreach (var words in new StreamCommands(pool).WordsAsync(["to be", "or", ""]))
            {
                seen.AddRange(words);
            }
        });

        Assert.Equal(["to", "be", "or"], seen);
        Assert.Equal(2, exception.Line);
    }

    [Fact]
    public async Task A_request_and_a_session_are_taken_as_in_any_call()
    {
        await using var pool = await StartAsync();

        var items = await new StreamCommands(pool).InSession("mine").CountAsync(new CountRequest { To = 2 }).ToListAsync(Token);

        Assert.Equal([0L, 1], items);
        Assert.Equal((1, 0), (pool.GetSession("mine")!.Calls, pool.GetSession("mine")!.Failures));
    }

    [Fact]
    public async Task Parameters_are_streams_too()
    {
        await using var pool = await StartAsync();
        var commands = new StreamCommands(pool);
        LabelInput[] labels = [new() { Name = "a" }, new() { Name = "abc", Kind = Kind.Bad }];
        string[][] rows = [["a", "b"], ["c"]];

        Assert.Equal(new Label { Name = "abc", Kind = Kind.Bad }, await commands.LongestAsync(labels.ToAsyncEnumerable()));
        Assert.Null(await commands.LongestAsync(AsyncEnumerable.Empty<LabelInput>()));
        Assert.Equal("a b c", await commands.JoinedAsync(rows.ToAsyncEnumerable()));
        Assert.Equal("a b c d None", await commands.JoinedAsync(rows.ToAsyncEnumerable(), new[] { "d", null }.ToAsyncEnumerable()));
        ReadOnlyMemory<byte>[] parts = [new byte[3], new byte[200_000]];
        Assert.Equal([3L, 200_000], await commands.SizesAsync(parts.ToAsyncEnumerable()).ToListAsync(Token));
    }

    private static Task<PythonPool> StartAsync() =>
        StreamCommands.StartAsync(new PythonPoolOptions { Module = "typed_streams", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch });
}
