using TypedPool.Tests.Live.Hosts;
using TypedPool.Testing;
using TypedPool.Testing.Processes;
using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>Commands that call functions of this program.</summary>
public sealed class HostTests : IDisposable
{
    private static readonly LineInput[] Order = [new() { Article = "tea", Count = 2 }, new() { Article = "jam", Size = Size.Large }];

    private readonly CancellationTokenSource _cancellation = new();
    private readonly Prices _prices = new();
    private readonly Desk _desk = new();

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task A_function_is_called_with_typed_arguments_and_returns_a_typed_result()
    {
        await using var pool = await StartAsync();
        var commands = new HostCommands(pool);

        Assert.Equal(5.50m, await commands.PriceAsync(Order, discount: 0.50m));
        Assert.Null(await commands.PriceGrossAsync([new() { Article = "air" }]));

        Assert.Equal(("tea", 2L, Size.Small), (_prices.Asked[0].Article, _prices.Asked[0].Count, _prices.Asked[0].Size));
        Assert.Equal(("jam", 1L, Size.Large), (_prices.Asked[1].Article, _prices.Asked[1].Count, _prices.Asked[1].Size));
    }

    [Fact]
    public async Task An_asynchronous_function_is_awaited_in_a_loop_of_the_commands_own()
    {
        await using var pool = await StartAsync();

        var best = await new HostCommands(pool).BestAsync(Order);

        Assert.Equal("jam", Assert.Single(best).Article);
    }

    [Fact]
    public async Task Nothing_bytes_lists_and_maps_travel_there_and_back()
    {
        await using var pool = await StartAsync();
        var commands = new HostCommands(pool);
        var weights = Enumerable.Range(0, 100).Select(number => number / 8.0).ToArray();

        await commands.TellAsync();
        var kept = await commands.KeepAsync(new byte[] { 1, 2, 255 }, weights);
        var facts = await commands.FactsAsync();

        Assert.True(_desk.WasTold);
        Assert.Equal(weights, _desk.Weights);
        Assert.Equal([255, 2, 1], kept.ToArray());
        Assert.Equal(3, facts["three"]);
    }

    [Fact]
    public async Task A_function_knows_the_session_the_deadline_and_the_command_of_its_call()
    {
        await using var pool = await StartAsync();
        var seen = new List<HostCall>();
        _desk.Answer = (_, call, _) =>
        {
            seen.Add(call);
            return Task.FromResult("yes");
        };
        var before = TimeProvider.System.GetUtcNow();

        await new HostCommands(pool).InSession("s").AskAsync("?", new CallOptions { CommandTimeout = TimeSpan.FromMinutes(10) });
        await new HostCommands(pool).AskAsync("?", new CallOptions { CommandTimeout = Timeout.InfiniteTimeSpan });

        Assert.Equal(("ask", "s", "typed_hosts", "typed_hosts/1"), (seen[0].Command, seen[0].Session, seen[0].PoolName, seen[0].WorkerId));
        Assert.InRange(seen[0].Deadline!.Value, before + TimeSpan.FromMinutes(10), TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(10));
        Assert.Equal((seen[0].Session, seen[0].Deadline), (seen[0].Options.Session, seen[0].Options.Deadline));
        Assert.Null(seen[1].Deadline);
    }

    [Fact]
    public async Task A_function_runs_in_the_context_of_the_caller()
    {
        await using var pool = await StartAsync();
        var local = new AsyncLocal<string> { Value = "mine" };
        _desk.Answer = (_, _, _) => Task.FromResult(local.Value ?? "nobody's");

        Assert.Equal("mine", await new HostCommands(pool).AskAsync("?"));
    }

    [Fact]
    public async Task What_a_function_throws_is_an_exception_in_Python()
    {
        await using var pool = await StartAsync();
        _desk.Answer = (question, _, _) => throw new KeyNotFoundException($"no {question}");
        var commands = new HostCommands(pool);

        Assert.Equal(["HostError", "no milk", "System.Collections.Generic.KeyNotFoundException"], await commands.WhatFailsAsync("milk"));
        var exception = await Assert.ThrowsAsync<PythonException>(() => commands.AskAsync("milk"));

        Assert.Equal("typedpool.HostError", exception.PythonType);
        Assert.Contains("no milk", exception.Message, StringComparison.Ordinal);
        Assert.Contains("in ask", exception.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_refused_before_anybody_is_asked()
    {
        await using var pool = await StartAsync();

        Assert.Equal("Desk.ask, argument /question: expected a string, found the number 3", await new HostCommands(pool).AskWronglyAsync());
    }

    [Fact]
    public async Task A_result_above_the_limit_is_an_error_and_costs_no_worker()
    {
        await using var pool = await StartAsync(options => options.MaxMessageBytes = 100_000);
        _desk.Answer = (_, _, _) => Task.FromResult(new string('x', 100_000));
        var commands = new HostCommands(pool);
        var worker = await commands.PidAsync();

        Assert.Contains("MaxMessageBytes is 100000", (await commands.WhatFailsAsync("?"))[1], StringComparison.Ordinal);

        Assert.Equal(worker, await commands.PidAsync());
    }

    [Fact]
    public async Task Threads_of_a_command_may_ask_at_once()
    {
        await using var pool = await StartAsync();
        var questions = Enumerable.Range(0, 20).Select(number => $"{number}").ToArray();
        using var together = new CountdownEvent(questions.Length);
        _desk.Answer = async (question, _, cancellationToken) =>
        {
            together.Signal();
            await Task.Run(() => together.Wait(cancellationToken), cancellationToken);
            return "answer " + question;
        };

        var answers = await new HostCommands(pool).AskInThreadsAsync(questions);

        Assert.Equal(questions.Select(question => "answer " + question), answers);
    }

    [Fact]
    public async Task Without_an_implementation_no_worker_starts()
    {
        var options = Options();
        options.AddHost(HostCommands.Host(_prices));

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => HostCommands.StartAsync(options));

        Assert.Contains("the host functions of Desk (ask, ask_later, facts, keep, tell), and nobody implements them", exception.Message, StringComparison.Ordinal);
        Assert.Contains("options.AddHost(", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_implementation_without_a_function_that_Python_needs_is_refused()
    {
        var options = Options();
        options.Contract = null;
        options.AddHost(HostCommands.Host(_prices));
        options.AddHost(new TypedPool.Serialization.HostInterface("Desk"));

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => PythonPool.StartAsync(options));

        Assert.Contains("need the host function Desk.ask, and what implements Desk does not have it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_implementations_of_one_class_are_refused()
    {
        var options = Options().AddHost(HostCommands.Host(_desk)).AddHost(HostCommands.Host(_desk));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => HostCommands.StartAsync(options));

        Assert.Contains("AddHost must be given one implementation of Desk, and was given 2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_call_cancels_the_function_that_it_waits_for_and_keeps_its_worker(bool takesContext)
    {
        await using var pool = await StartAsync(options => options.CancelGrace = options.InterruptGrace = TimeSpan.FromHours(1));
        var commands = new HostCommands(pool);
        var worker = await commands.PidAsync();
        _desk.WaitForCancellation();
        var call = takesContext
            ? commands.AskWithContextAsync("?", cancellationToken: _cancellation.Token)
            : commands.AskAsync("?", cancellationToken: _cancellation.Token);
        await _desk.Asked.Task;

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _desk.Cancelled.Task;
        Assert.Equal(worker, await commands.PidAsync());
    }

    [Theory]
    [InlineData(TimeoutAction.Kill)]
    [InlineData(TimeoutAction.Interrupt)]
    public async Task The_end_of_a_calls_time_cancels_the_function_that_it_waits_for(TimeoutAction action)
    {
        await using var pool = await StartAsync();
        var commands = new HostCommands(pool);
        var worker = await commands.PidAsync();
        _desk.WaitForCancellation();

        await Assert.ThrowsAsync<CommandTimeoutException>(
            () => commands.AskAsync("?", new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(200), TimeoutAction = action }));

        await _desk.Cancelled.Task;
        Assert.Equal(action == TimeoutAction.Interrupt, worker == await commands.PidAsync());
    }

    [Fact]
    public async Task A_function_that_hangs_ends_with_its_calls_time_and_its_late_answer_reaches_nobody()
    {
        await using var pool = await StartAsync();
        var commands = new HostCommands(pool);
        var worker = await commands.PidAsync();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Answer = async (_, _, _) =>
        {
            await go.Task;
            return "too late";
        };

        await Assert.ThrowsAsync<CommandTimeoutException>(
            () => commands.AskAsync("?", new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(200), TimeoutAction = TimeoutAction.Interrupt }));
        go.SetResult();
        _desk.Answer = (_, _, _) => Task.FromResult("in time");

        Assert.Equal("in time", await commands.AskAsync("?"));
        Assert.Equal(worker, await commands.PidAsync());
    }

    [Fact]
    public async Task The_death_of_a_worker_cancels_the_function_that_it_waits_for()
    {
        await using var pool = await StartAsync();
        var commands = new HostCommands(pool);
        var worker = await commands.PidAsync();
        _desk.WaitForCancellation();
        var call = commands.AskAsync("?");
        await _desk.Asked.Task;

        Signals.Send((int)worker, Signals.Kill);

        await Assert.ThrowsAsync<WorkerCrashedException>(() => call);
        await _desk.Cancelled.Task;
    }

    [Fact]
    public async Task A_function_may_call_the_same_pool_where_a_worker_is_free()
    {
        await using var pool = await StartAsync(options => options.Size = 2);
        var commands = new HostCommands(pool);
        _desk.Answer = async (_, call, cancellationToken) => $"{await commands.PidAsync(call.Options, cancellationToken)}";

        var other = await commands.AskAsync("?", new CallOptions { Session = "s" });

        Assert.Contains(pool.GetStatus().Workers, worker => $"{worker.ProcessId}" == other);
        Assert.Equal(2, pool.GetSession("s")!.Calls);
    }

    [Fact]
    public async Task A_function_that_calls_a_pool_of_which_it_holds_the_last_worker_fails_at_once_and_is_told_why()
    {
        await using var pool = await StartAsync(options => options.CheckoutTimeout = Timeout.InfiniteTimeSpan);
        var commands = new HostCommands(pool);
        _desk.Answer = async (_, call, cancellationToken) => $"{await commands.PidAsync(call.Options, cancellationToken)}";

        var failure = await commands.WhatFailsAsync("?");

        Assert.Contains("all 1 places (Size 1, Overflow 0, CallsPerWorker 1) are held by calls whose host functions wait", failure[1], StringComparison.Ordinal);
        Assert.Equal("TypedPool.PoolUnavailableException", failure[2]);
    }

    [Fact]
    public async Task Calls_that_wait_for_each_others_workers_end_by_the_failure_of_one()
    {
        await using var pool = await StartAsync(options =>
        {
            options.Size = 2;
            options.CheckoutTimeout = Timeout.InfiniteTimeSpan;
        });
        var commands = new HostCommands(pool);
        using var together = new Barrier(2);
        _desk.Answer = async (_, call, cancellationToken) =>
        {
            // Both workers are taken now.
            await Task.Run(() => together.SignalAndWait(cancellationToken), cancellationToken);
            return $"{await commands.PidAsync(call.Options, cancellationToken)}";
        };

        var failures = await Task.WhenAll(commands.WhatFailsAsync("?"), commands.WhatFailsAsync("?"));

        Assert.Single(failures, failure => failure.Count == 3 && failure[2] == "TypedPool.PoolUnavailableException");
        Assert.Single(failures, failure => failure.Count == 0);
    }

    [Fact]
    public async Task A_chain_of_calls_through_the_host_ends_where_the_workers_do()
    {
        await using var pool = await StartAsync(options =>
        {
            options.Size = 3;
            options.CheckoutTimeout = Timeout.InfiniteTimeSpan;
        });
        var commands = new HostCommands(pool);
        var depth = 0;
        _desk.Answer = async (question, call, cancellationToken) =>
        {
            Interlocked.Increment(ref depth);
            return await commands.AskAsync(question, call.Options, cancellationToken);
        };

        var exception = await Assert.ThrowsAsync<PythonException>(() => commands.AskAsync("?"));

        Assert.Contains("all 3 places", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, depth);
        _desk.Answer = (_, _, _) => Task.FromResult("fine");
        Assert.Equal("fine", await commands.AskAsync("?"));
    }

    [Fact]
    public async Task A_thread_that_a_command_left_behind_can_ask_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var pool = await StartAsync();
        var path = Path.Combine(folder.Path, "go");
        await new HostCommands(pool).LeaveAThreadAsync("?", path);

        await File.WriteAllTextAsync(path, "");
        await Files.UntilExistsAsync(path + ".told");

        Assert.Equal("Desk.ask cannot be called: the call has ended.", await File.ReadAllTextAsync(path + ".told"));
        Assert.False(_desk.Asked.Task.IsCompleted);
    }

    private static PythonPoolOptions Options() => new() { Module = "typed_hosts", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch };

    private Task<PythonPool> StartAsync(Action<PythonPoolOptions>? configure = null)
    {
        var options = Options().AddHost(HostCommands.Host(_prices)).AddHost(HostCommands.Host(_desk));
        configure?.Invoke(options);
        return HostCommands.StartAsync(options);
    }
}
