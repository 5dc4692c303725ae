using TypedPool.Tests.Live.AsyncHosts;
using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>Commands of an event loop that call functions of this program.</summary>
public sealed class AsyncHostTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Desk _desk = new();

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Functions_are_awaited_side_by_side_and_by_plain_commands_one_after_another(int callsPerWorker)
    {
        await using var pool = await StartAsync(callsPerWorker);
        var commands = new AsyncHostCommands(pool);
        string[] questions = ["a", "b", "c"];
        using var together = new CountdownEvent(questions.Length);
        _desk.Answer = async (question, cancellationToken) =>
        {
            together.Signal();
            await Task.Run(() => together.Wait(cancellationToken), cancellationToken);
            return question + "!";
        };

        Assert.Equal(["a!", "b!", "c!"], await commands.AskManyAsync(questions));
        _desk.Answer = (question, _) => Task.FromResult(question + "?");
        Assert.Equal("d?", await commands.AskPlainlyAsync("d"));
    }

    [Fact]
    public async Task A_command_that_reads_and_yields_streams_may_ask_as_well()
    {
        await using var pool = await StartAsync(callsPerWorker: 5);
        var commands = new AsyncHostCommands(pool);
        var questions = Enumerable.Range(0, 500).Select(number => $"{number}").ToList();

        var streams = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            commands.AnswersAsync(questions.ToAsyncEnumerable()).ToListAsync(TestContext.Current.CancellationToken).AsTask()));

        Assert.All(streams, answers => Assert.Equal(questions, answers));
    }

    [Fact]
    public async Task Each_of_many_calls_on_one_worker_gets_its_own_answers()
    {
        await using var pool = await StartAsync(callsPerWorker: 20);
        var commands = new AsyncHostCommands(pool);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => commands.AskAsync($"{number}")));

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), answers);
    }

    [Fact]
    public async Task A_cancelled_call_cancels_the_function_that_it_awaits_and_keeps_its_worker()
    {
        await using var pool = await StartAsync(callsPerWorker: 1, options => options.CancelGrace = options.InterruptGrace = TimeSpan.FromHours(1));
        var commands = new AsyncHostCommands(pool);
        var worker = await commands.PidAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Answer = async (_, cancellationToken) =>
        {
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                return "";
            }
            finally
            {
                cancelled.SetResult();
            }
        };
        var call = commands.AskAsync("?", cancellationToken: _cancellation.Token);
        await _desk.Asked.Task;

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task;
        Assert.Equal(worker, await commands.PidAsync());
    }

    [Fact]
    public async Task A_function_may_call_back_the_worker_that_awaits_it_where_that_has_a_place()
    {
        await using var pool = await StartAsync(callsPerWorker: 2, options => options.CheckoutTimeout = Timeout.InfiniteTimeSpan);
        var commands = new AsyncHostCommands(pool);
        _desk.Answer = async (_, cancellationToken) => $"{await commands.PidAsync(cancellationToken: cancellationToken)}";

        Assert.Equal($"{await commands.PidAsync()}", await commands.AskAsync("?"));

        // Here each calls the command that asks again, until no place is left.
        _desk.Answer = async (question, cancellationToken) => await commands.AskAsync(question, cancellationToken: cancellationToken);
        var exception = await Assert.ThrowsAsync<PythonException>(() => commands.AskAsync("?"));
        Assert.Contains("all 2 places (Size 1, Overflow 0, CallsPerWorker 2)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_must_not_hold_up_the_loop_that_it_shares()
    {
        await using var pool = await StartAsync(callsPerWorker: 2);

        Assert.Contains("Declare it async def", await new AsyncHostCommands(pool).AskAndHoldUpTheLoopAsync("?"), StringComparison.Ordinal);
    }

    private Task<PythonPool> StartAsync(int callsPerWorker, Action<PythonPoolOptions>? configure = null)
    {
        var options = new PythonPoolOptions { Module = "typed_async_hosts", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch, CallsPerWorker = callsPerWorker }
            .AddHost(AsyncHostCommands.Host(_desk));
        configure?.Invoke(options);
        return AsyncHostCommands.StartAsync(options);
    }

    private sealed class Desk : IDesk
    {
        internal Func<string, CancellationToken, Task<string>> Answer { get; set; } = (question, _) => Task.FromResult(question);

        internal TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> AskAsync(string question, HostCall call, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return Answer(question, cancellationToken);
        }

        public Task<string> AskLaterAsync(string question, HostCall call, CancellationToken cancellationToken) => AskAsync(question, call, cancellationToken);
    }
}
