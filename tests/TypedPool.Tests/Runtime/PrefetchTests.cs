using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Calls that wait in a real worker for the one that it runs.</summary>
public sealed class PrefetchTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private readonly TemporaryFolder _folder = new();

    public PrefetchTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere no call waits in a worker.");

    private string Go => _folder["go"];

    private string Notes => _folder["notes"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task As_many_calls_wait_in_a_worker_as_the_option_says_and_all_are_run_in_the_order_in_which_they_came()
    {
        await using var pool = await StartAsync(prefetch: 5);
        var running = pool.CallAsync("wait_for", new { path = Go });
        var waiting = Enumerable.Range(0, 6).Select(number => NoteAsync(pool, $"{number}")).ToArray();

        var status = pool.GetStatus();
        Assert.Equal((WorkerState.Busy, 5, 1), (status.Workers[0].State, status.Workers[0].Prefetched, status.Waiting));
        await LetGoAsync();

        await Task.WhenAll([running, .. waiting]);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], await File.ReadAllLinesAsync(Notes));
        Assert.Equal(0, pool.GetStatus().Workers[0].Prefetched);
    }

    [Fact]
    public async Task Without_the_option_no_call_waits_in_a_worker()
    {
        await using var pool = await StartAsync(prefetch: 0);
        var running = pool.CallAsync("wait_for", new { path = Go });
        var waiting = NoteAsync(pool, "0");

        var status = pool.GetStatus();
        Assert.Equal((0, 1), (status.Workers[0].Prefetched, status.Waiting));
        await LetGoAsync();
        await Task.WhenAll(running, waiting);
    }

    [Fact]
    public async Task No_call_waits_in_a_worker_while_another_one_is_free()
    {
        await using var pool = await StartAsync(prefetch: 3, size: 2);
        var running = pool.CallAsync("wait_for", new { path = Go });

        // None of them could end if it waited behind the first one.
        var others = new HashSet<int>();
        for (var i = 0; i < 20; i++)
        {
            others.Add((await pool.CallAsync("pid")).GetInt32());
        }

        await LetGoAsync();
        Assert.DoesNotContain((await running).GetInt32(), others);
    }

    [Fact]
    public async Task Calls_that_wait_in_a_worker_which_dies_are_run_by_the_next_one_in_their_order()
    {
        await using var pool = await StartAsync(prefetch: 8);
        var first = (await pool.CallAsync("pid")).GetInt32();
        var running = pool.CallAsync("die_after", new { path = Go });
        var waiting = Enumerable.Range(0, 10).Select(number => NoteAsync(pool, $"{number}")).ToArray();
        Assert.Equal(8, pool.GetStatus().Workers[0].Prefetched);

        await LetGoAsync();

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => running);
        Assert.Equal((7, Delivery.MayHaveRun), (crash.ExitCode, crash.Delivery));
        Assert.All(await Task.WhenAll(waiting), pid => Assert.NotEqual(first, pid.GetInt32()));
        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"{number}").Order(), (await File.ReadAllLinesAsync(Notes)).Order());
    }

    [Fact]
    public async Task A_call_may_lose_any_number_of_workers_over_calls_before_it()
    {
        const int Deaths = 5;
        await using var pool = await StartAsync(prefetch: 8);
        var dying = Enumerable.Range(0, Deaths).Select(_ => pool.CallAsync("die_after", new { path = Go })).ToArray();
        var last = NoteAsync(pool, "last");
        Assert.Equal(Deaths, pool.GetStatus().Workers[0].Prefetched);
        await LetGoAsync();

        foreach (var call in dying)
        {
            // Each has had its turn, the last one after four workers that did not come to it.
            Assert.Equal(Delivery.MayHaveRun, (await Assert.ThrowsAsync<WorkerCrashedException>(() => call)).Delivery);
        }

        await last;
        Assert.Equal(["last"], await File.ReadAllLinesAsync(Notes));
    }

    [Fact]
    public async Task The_time_of_a_call_begins_when_the_one_before_it_has_ended_and_a_kill_for_that_one_moves_it()
    {
        await using var pool = await StartAsync(prefetch: 2);
        var first = (await pool.CallAsync("pid")).GetInt32();
        var running = pool.CallAsync("hang", new { path = _folder["started"] }, new CallOptions { CommandTimeout = Short });
        var waiting = NoteAsync(pool, "0", new CallOptions { CommandTimeout = Short });
        Assert.Equal(1, pool.GetStatus().Workers[0].Prefetched);

        var timeout = await Assert.ThrowsAsync<CommandTimeoutException>(() => running);

        Assert.Contains("in hang", timeout.PythonStack, StringComparison.Ordinal);
        Assert.NotEqual(first, (await waiting).GetInt32());
    }

    [Fact]
    public async Task A_command_that_hangs_behind_another_one_is_ended_when_its_own_time_is_up()
    {
        await using var pool = await StartAsync(prefetch: 2);
        var running = pool.CallAsync("wait_for", new { path = Go });
        var hanging = pool.CallAsync("hang", new { path = _folder["started"] }, new CallOptions { CommandTimeout = Short });
        Assert.Equal(1, pool.GetStatus().Workers[0].Prefetched);
        await LetGoAsync();

        await running;
        Assert.Equal(Short, (await Assert.ThrowsAsync<CommandTimeoutException>(() => hanging)).Timeout);
    }

    [Fact]
    public async Task A_waiting_call_that_is_cancelled_ends_at_once_and_is_not_run_also_where_the_worker_hears_nothing()
    {
        await using var pool = await StartAsync(prefetch: 3);
        using var cancellation = new CancellationTokenSource();
        var running = pool.CallAsync("hold_the_lock", new { path = _folder["started"], until = Go });
        await Files.UntilExistsAsync(_folder["started"]);
        var before = NoteAsync(pool, "before");
        var cancelled = NoteAsync(pool, "cancelled", cancellationToken: cancellation.Token);
        var after = NoteAsync(pool, "after");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(running.IsCompleted);
        await LetGoOfTheLockAsync();
        var worker = (await running).GetInt32();
        Assert.Equal((worker, worker), ((await before).GetInt32(), (await after).GetInt32()));
        Assert.Equal(["before", "after"], await File.ReadAllLinesAsync(Notes));
        Assert.Equal(0, pool.GetStatus().Losses);
    }

    [Fact]
    public async Task A_cancelled_call_takes_up_its_place_until_the_worker_knows_of_it()
    {
        await using var pool = await StartAsync(prefetch: 1);
        using var cancellation = new CancellationTokenSource();
        var running = pool.CallAsync("hold_the_lock", new { path = _folder["started"], until = Go });
        await Files.UntilExistsAsync(_folder["started"]);
        var cancelled = NoteAsync(pool, "cancelled", cancellationToken: cancellation.Token);
        var next = NoteAsync(pool, "next");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        Assert.Equal((1, 1), (pool.GetStatus().Workers[0].Prefetched, pool.GetStatus().Waiting));

        await LetGoOfTheLockAsync();
        await Task.WhenAll(running, next);
        Assert.Equal(["next"], await File.ReadAllLinesAsync(Notes));
    }

    [Fact]
    public async Task A_call_waits_in_a_worker_no_longer_than_for_one()
    {
        await using var pool = await StartAsync(prefetch: 2);
        var running = pool.CallAsync("wait_for", new { path = Go });
        var late = NoteAsync(pool, "late", new CallOptions { CheckoutTimeout = Short, Session = "s" });
        var last = NoteAsync(pool, "last");

        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(() => late);

        Assert.Equal((Short, "prefetch_commands/1", "s", "note"), (exception.Timeout, exception.WorkerId, exception.Session, exception.Command));
        Assert.Contains("(Prefetch). It was not run. Set CheckoutTimeout", exception.Message, StringComparison.Ordinal);
        await LetGoAsync();
        await Task.WhenAll(running, last);
        Assert.Equal(["last"], await File.ReadAllLinesAsync(Notes));
        Assert.Equal((1, 1), (pool.GetSession("s")!.Calls, pool.GetSession("s")!.Failures));
    }

    [Fact]
    public async Task The_deadline_of_a_call_that_waits_in_a_worker_does_not_wait()
    {
        await using var pool = await StartAsync(prefetch: 2);
        var running = pool.CallAsync("wait_for", new { path = Go });

        var exception = await Assert.ThrowsAsync<CheckoutTimeoutException>(
            () => NoteAsync(pool, "late", new CallOptions { Deadline = TimeProvider.System.GetUtcNow() + Short }));

        Assert.Contains("Deadline", exception.Message, StringComparison.Ordinal);
        await LetGoAsync();
        await running;
        Assert.False(File.Exists(Notes));
    }

    [Fact]
    public async Task Nothing_waits_behind_a_stream_whose_reader_may_need_it()
    {
        await using var pool = await StartAsync(prefetch: 4, overflow: 1);
        var command = new PythonCommand<object, int>("count_up", (writer, value) => JsonSerializer.Serialize(writer, value), JsonRead.Int32);
        await foreach (var number in pool.StreamAsync(command, new { path = _folder["closed"] }))
        {
            await NoteAsync(pool, $"{number}");
            if (number == 3)
            {
                break;
            }
        }

        Assert.True(File.Exists(_folder["closed"]));
        Assert.Equal(["0", "1", "2", "3"], await File.ReadAllLinesAsync(Notes));
    }

    [Fact]
    public async Task Large_arguments_wait_for_a_worker_of_their_own()
    {
        await using var pool = await StartAsync(prefetch: 4);
        var running = pool.CallAsync("wait_for", new { path = Go });
        var large = NoteAsync(pool, new string('x', 20_000));
        var small = NoteAsync(pool, "small");

        Assert.Equal((0, 2), (pool.GetStatus().Workers[0].Prefetched, pool.GetStatus().Waiting));
        await LetGoAsync();
        await Task.WhenAll(running, large, small);
        Assert.Equal("small", (await File.ReadAllLinesAsync(Notes))[1]);
    }

    [Fact]
    public async Task A_worker_that_is_replaced_runs_the_calls_that_wait_in_it()
    {
        await using var pool = await StartAsync(prefetch: 2);
        var running = pool.CallAsync("wait_for", new { path = Go });
        var waiting = NoteAsync(pool, "0");
        var recycled = pool.RecycleAsync();
        await LetGoAsync();

        Assert.Equal((await running).GetInt32(), (await waiting).GetInt32());
        await recycled;
        Assert.NotEqual((await running).GetInt32(), (await pool.CallAsync("pid")).GetInt32());
    }

    [Fact]
    public async Task A_stop_lets_the_calls_end_that_wait_in_a_worker()
    {
        var pool = await StartAsync(prefetch: 2);
        var running = pool.CallAsync("wait_for", new { path = Go });
        var waiting = NoteAsync(pool, "0");
        var stop = pool.StopAsync();
        Assert.False(stop.IsCompleted);
        await LetGoAsync();

        await Task.WhenAll(running, waiting);
        await stop;
    }

    [Fact]
    public async Task Calls_cancelled_at_any_moment_lose_no_worker_mix_up_no_answer_and_are_run_only_where_they_had_begun()
    {
        const int Calls = 2_000;
        await using var pool = await StartAsync(prefetch: 16, size: 2);
        var random = new Random(7);
        var delays = Enumerable.Range(0, Calls).Select(_ => random.Next(3) == 0 ? random.Next(0, 3_000) : -1).ToArray();
        var next = 0;
        var told = new bool[Calls];
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) - 1 is var number && number < Calls)
            {
                using var cancellation = new CancellationTokenSource();
                if (delays[number] >= 0)
                {
                    cancellation.CancelAfter(TimeSpan.FromMicroseconds(delays[number]));
                }

                try
                {
                    await NoteAsync(pool, $"{number}", cancellationToken: cancellation.Token);
                }
                catch (OperationCanceledException cancelled)
                {
                    told[number] = cancelled.Message == "The call was cancelled before it was started.";
                }
            }
        })));

        var run = (await File.ReadAllLinesAsync(Notes)).Select(int.Parse).ToList();
        Assert.Equal(run.Count, run.Distinct().Count());
        Assert.DoesNotContain(run, number => told[number]);
        Assert.Empty(Enumerable.Range(0, Calls).Where(number => delays[number] < 0).Except(run));
        Assert.Equal(0, pool.GetStatus().Losses);
        Assert.Equal(0, pool.GetStatus().Workers.Sum(worker => worker.Prefetched));
        TestContext.Current.SendDiagnosticMessage($"{told.Count(it => it)} of {Calls} calls were taken back");
    }

    private static Task<PythonPool> StartAsync(int prefetch, int size = 1, int overflow = 0) => Pools.StartAsync(options =>
    {
        options.Module = "prefetch_commands";
        (options.Prefetch, options.Size, options.Overflow) = (prefetch, size, overflow);
    });

    private Task<JsonElement> NoteAsync(PythonPool pool, string text, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        pool.CallAsync("note", new { path = Notes, text }, options, cancellationToken);

    /// <summary>A command that holds the interpreter lock waits for somebody who writes into its pipe.</summary>
    private Task LetGoOfTheLockAsync() => CommandLine.RunAsync("sh", ["-c", $"echo > '{Go}'"]);

    private Task LetGoAsync() => File.WriteAllTextAsync(Go, "");
}
