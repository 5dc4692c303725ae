using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

public class CallTests
{
    [Fact]
    public async Task A_call_returns_what_Python_returns()
    {
        await using var pool = await Pools.StartAsync();

        Assert.Equal(5, (await pool.CallAsync("add", new { a = 2, b = 3 })).GetInt64());
    }

    [Fact]
    public async Task Ten_thousand_calls_from_a_hundred_callers_over_four_workers_each_get_their_own_answer()
    {
        const int Callers = 100;
        const int Rounds = 100;
        await using var pool = await Pools.StartAsync(options => options.Size = 4);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var text = $"{caller}/{round}/" + new string('x', (caller * round) % 3000);
                Assert.Equal(text, (await pool.CallAsync("echo", new { value = text })).GetString());
            }
        })));
    }

    [Fact]
    public async Task Calls_run_on_all_workers_at_the_same_time()
    {
        using var folder = new TemporaryFolder();
        await using var pool = await Pools.StartAsync(options => options.Size = 3);
        var files = Enumerable.Range(0, 3).Select(i => Path.Combine(folder.Path, $"{i}")).ToArray();

        // Each waits for a file that is only made while all three run.
        var calls = files.Select(path => pool.CallAsync("wait_for", new { path })).ToArray();
        var busy = pool.CallAsync("pid");
        Assert.False(busy.IsCompleted);
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(file, "");
        }

        await Task.WhenAll(calls);
        await busy;
    }

    [Fact]
    public async Task The_session_reaches_Python()
    {
        await using var pool = await Pools.StartAsync();

        Assert.Equal("user-42 ü", (await pool.CallAsync("session", options: new CallOptions { Session = "user-42 ü" })).GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await pool.CallAsync("session")).ValueKind);
    }

    [Fact]
    public async Task The_time_that_is_left_reaches_Python()
    {
        await using var pool = await Pools.StartAsync(options => options.CommandTimeout = TimeSpan.FromSeconds(500));

        Assert.InRange((await pool.CallAsync("remaining")).GetDouble(), 400, 500);
        var own = new CallOptions { CommandTimeout = TimeSpan.FromSeconds(1000) };
        Assert.InRange((await pool.CallAsync("remaining", options: own)).GetDouble(), 900, 1000);
        var infinite = new CallOptions { CommandTimeout = Timeout.InfiniteTimeSpan };
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await pool.CallAsync("remaining", options: infinite)).ValueKind);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(70_000)]
    [InlineData(5_000_000)]
    public async Task A_message_of_any_size_goes_both_ways(int length)
    {
        await using var pool = await Pools.StartAsync();

        Assert.Equal(length, (await pool.CallAsync("length_of", new { text = new string('ü', length) })).GetInt64());
        Assert.Equal(length, (await pool.CallAsync("text_of", new { length })).GetString()!.Length);
        Assert.Equal(3, (await pool.CallAsync("add", new { a = 1, b = 2 })).GetInt64());
    }
}
