using TypedPool.Serialization;
using Xunit;

namespace TypedPool.Tests.Streams;

/// <summary>What a command yields, with real workers: to its end, or as far as it comes.</summary>
public sealed class ResultStreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task Items_come_in_order_and_the_worker_is_free_at_their_end(int count)
    {
        await using var pool = await StreamPool.StartAsync();

        Assert.Equal(Enumerable.Range(0, count), await pool.CountAsync(count).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_runs_nothing_and_takes_no_worker()
    {
        await using var pool = await StreamPool.StartAsync();

        var stream = pool.StreamAsync("endless");
        var enumerator = stream.GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.Equal(1, pool.Free());
        await enumerator.DisposeAsync();
        Assert.False(pool.Exists("closed"));
    }

    [Fact]
    public async Task Each_enumeration_is_a_call_of_its_own()
    {
        await using var pool = await StreamPool.StartAsync();
        var stream = pool.CountAsync(3);

        Assert.Equal([0, 1, 2], await stream.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([0, 1, 2], await stream.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_item_arrives_when_it_is_yielded_and_does_not_wait_for_the_next()
    {
        await using var pool = await StreamPool.StartAsync();
        string[] names = ["a", "b", "c"];
        var arguments = new { folder = pool.PathOf("."), names };
        var seen = new List<string>();
        pool.Make("a");

        // The command yields each name only when there is a file of that name.
        await foreach (var name in pool.StreamAsync("wait_for", JsonRead.String, arguments))
        {
            seen.Add(name);
            pool.Make(((char)(name[0] + 1)).ToString());
        }

        Assert.Equal(names, seen);
    }

    [Fact]
    public async Task Python_stays_a_limited_number_of_items_ahead()
    {
        await using var pool = await StreamPool.StartAsync();
        await using (var items = pool.StreamAsync("endless").GetAsyncEnumerator(TestContext.Current.CancellationToken))
        {
            Assert.True(await items.MoveNextAsync());
            await pool.UntilExistsAsync("yielded1000");

            // It takes what was asked for to come further, whatever time passes: here as much as another worker takes to start.
            await using (var other = await StreamPool.StartAsync())
            {
                await other.PidAsync();
            }

            Assert.False(pool.Exists("yielded2000"));
            for (var number = 1; number < 1_000; number++)
            {
                Assert.True(await items.MoveNextAsync());
                Assert.Equal(number, items.Current);
            }

            await pool.UntilExistsAsync("yielded1000");
            Assert.False(pool.Exists("yielded3000"));
        }

        Assert.True(pool.Exists("closed"));
    }

    [Fact]
    public async Task Who_breaks_out_closes_the_generator_and_frees_the_worker()
    {
        await using var pool = await StreamPool.StartAsync();
        var pid = await pool.PidAsync();

        await foreach (var item in pool.StreamAsync("endless"))
        {
            if (item == 10)
            {
                break;
            }
        }

        Assert.True(pool.Exists("closed"));
        Assert.Equal(1, pool.Free());
        Assert.Equal(pid, await pool.PidAsync());
        Assert.Equal(0, pool.Losses);
    }

    [Fact]
    public async Task Who_breaks_out_of_a_generator_that_is_busy_interrupts_it_after_the_grace()
    {
        await using var pool = await StreamPool.StartAsync(options => options.CancelGrace = TimeSpan.FromMilliseconds(100));
        var pid = await pool.PidAsync();

        await foreach (var item in pool.StreamAsync("then_sleep", new { count = 3, folder = pool.PathOf(".") }))
        {
            if (item == 2)
            {
                await pool.UntilExistsAsync("sleeping");
                break;
            }
        }

        Assert.True(pool.Exists("closed"));
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Fact]
    public async Task A_generator_that_ignores_its_end_is_ended_all_the_same()
    {
        await using var pool = await StreamPool.StartAsync();
        var pid = await pool.PidAsync();

        await pool.StreamAsync("ignore_close").FirstAsync(TestContext.Current.CancellationToken);

        Assert.True(pool.Exists("ignored"));
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Fact]
    public async Task A_generator_that_never_ends_costs_its_worker()
    {
        await using var pool = await StreamPool.StartAsync(options => options.CancelGrace = options.InterruptGrace = TimeSpan.FromMilliseconds(100));
        var pid = await pool.PidAsync();

        await pool.StreamAsync("never_close").FirstAsync(TestContext.Current.CancellationToken);

        Assert.True(pool.Exists("ignored"));
        Assert.NotEqual(pid, await pool.PidAsync());
        Assert.Equal(1, pool.Losses);
    }

    [Fact]
    public async Task What_fails_while_a_generator_is_closed_is_printed_and_nothing_else()
    {
        await using var pool = await StreamPool.StartAsync();

        Assert.Equal(1, await pool.StreamAsync("fail_in_finally", new { }).FirstAsync(TestContext.Current.CancellationToken));

        await pool.PidAsync();
        await pool.Log.WaitForAsync(entry => entry.Message.Contains("ValueError: cannot close", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(3_000)]
    public async Task An_exception_arrives_after_the_items_before_it(int count)
    {
        await using var pool = await StreamPool.StartAsync();

        var (items, failure) = await pool.StreamAsync("fail_after", new { count }).FailsAsync<int, PythonException>();

        Assert.Equal(Enumerable.Range(0, count), items);
        Assert.Equal("builtins.ValueError: no more", failure.Message);
        Assert.Equal("fail_after", failure.Command);
        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task An_item_that_is_not_what_was_declared_is_refused_by_its_number()
    {
        await using var pool = await StreamPool.StartAsync();

        // Python's own check trusts what is JSON by annotation, so that this one is found here.
        var (items, failure) = await pool.StreamAsync("misfit_after", new { count = 2_000, folder = pool.PathOf(".") }).FailsAsync<int, InvalidResultException>();

        Assert.Equal(Enumerable.Range(0, 2_000), items);
        Assert.Equal("/2000", failure.Path);
        Assert.True(pool.Exists("closed"));
        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task An_item_that_is_no_JSON_ends_the_stream_where_it_stands()
    {
        await using var pool = await StreamPool.StartAsync();

        var (items, failure) = await pool.StreamAsync("not_json", JsonRead.Element).FailsAsync<System.Text.Json.JsonElement, InvalidResultException>();

        Assert.Single(items);
        Assert.Equal("/1/a", failure.Path);
        Assert.True(pool.Exists("closed"));
    }

    [Fact]
    public async Task A_worker_that_dies_leaves_what_had_come_and_the_command_is_not_run_again()
    {
        await using var pool = await StreamPool.StartAsync(options => options.IdempotentRetries = 3);

        var (items, failure) = await pool.StreamAsync("then_die", new { count = 2_000 }).FailsAsync<int, WorkerCrashedException>();

        Assert.Equal(Enumerable.Range(0, items.Count), items);
        Assert.Equal(Delivery.MayHaveRun, failure.Delivery);
        await pool.PidAsync();
        Assert.Equal(1, pool.Losses);
    }

    [Fact]
    public async Task Progress_is_told_beside_the_items()
    {
        await using var pool = await StreamPool.StartAsync();
        var progress = new LastReport();

        var items = await pool.StreamAsync("report", new { steps = 3 }, new CallOptions { Progress = progress }).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([0, 1, 2], items);
        Assert.Equal(2, progress.Last?.Value);
    }

    [Fact]
    public async Task Items_of_any_size_are_streamed_within_bounded_memory()
    {
        const int Count = 200;
        await using var pool = await StreamPool.StartAsync();
        var number = 0;

        await foreach (var item in pool.StreamAsync("large", JsonRead.Bytes, new { count = Count, length = 1_000_000 }))
        {
            Assert.Equal(1_000_000, item.Length);
            Assert.Equal(number % 256, item.Span[0]);
            number++;
        }

        Assert.Equal(Count, number);
    }

    private sealed class LastReport : IProgress<CommandProgress>
    {
        internal CommandProgress? Last { get; private set; }

        public void Report(CommandProgress value) => Last = value;
    }
}
