using TypedPool.Tests.Live.Hosts;
using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Live;

/// <summary>Commands that call functions of this program while they read and yield streams.</summary>
public sealed class HostStreamTests
{
    private readonly Desk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_reads_and_yields_streams_may_ask_as_well()
    {
        await using var pool = await StartAsync();
        var questions = Enumerable.Range(0, 2_000).Select(number => $"{number}").ToList();
        _desk.Answer = (question, _, _) => Task.FromResult(question + "!");

        var answers = await new HostCommands(pool).AnswersAsync(questions.ToAsyncEnumerable()).ToListAsync(Token);

        Assert.Equal(questions.Select(question => question + "!"), answers);
    }

    [Fact]
    public async Task Who_leaves_a_stream_whose_command_waits_for_a_function_cancels_that_and_keeps_the_worker()
    {
        await using var pool = await StartAsync(options => options.CancelGrace = options.InterruptGrace = TimeSpan.FromHours(1));
        var commands = new HostCommands(pool);
        var worker = await commands.PidAsync();
        string[] questions = ["first", "second"];
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Answer = (question, call, cancellationToken) =>
        {
            if (question == "first")
            {
                return Task.FromResult(question);
            }

            _desk.WaitForCancellation();
            second.SetResult();
            return _desk.Answer(question, call, cancellationToken);
        };

        await foreach (var answer in commands.AnswersAsync(questions.ToAsyncEnumerable()))
        {
            Assert.Equal("first", answer);
            await second.Task;
            break;
        }

        await _desk.Cancelled.Task;
        Assert.Equal(worker, await commands.PidAsync());
    }

    private Task<PythonPool> StartAsync(Action<PythonPoolOptions>? configure = null)
    {
        var options = new PythonPoolOptions { Module = "typed_hosts", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch }
            .AddHost(HostCommands.Host(new Prices()))
            .AddHost(HostCommands.Host(_desk));
        configure?.Invoke(options);
        return HostCommands.StartAsync(options);
    }
}
