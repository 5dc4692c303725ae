using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

public sealed class AttemptsTests
{
    [Fact]
    public void Where_nothing_is_run_again_the_first_crash_is_the_end()
    {
        var attempts = new Attempts(retries: 0);
        var crash = Crash(1);

        Assert.Same(crash, attempts.EndAfter(crash));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void A_call_is_run_again_as_often_as_it_may_be_and_then_it_is_poison(int retries)
    {
        var attempts = new Attempts(retries);
        for (var crash = 0; crash < retries; crash++)
        {
            Assert.Null(attempts.EndAfter(Crash(crash)));
        }

        var last = Crash(retries);
        var poison = Assert.IsType<PoisonRequestException>(attempts.EndAfter(last));

        Assert.Equal((PythonErrorCategory.System, "poison_request"), (poison.Category, poison.Code));
        Assert.Same(last, poison.InnerException);
        Assert.Equal(Enumerable.Range(0, retries + 1).Cast<int?>(), poison.ExitCodes);
        Assert.Contains($"{retries + 1} workers (exit code 0; exit code 1", poison.Message, StringComparison.Ordinal);
        Assert.Contains("IdempotentRetries", poison.Message, StringComparison.Ordinal);
        Assert.EndsWith($"last words {retries}", poison.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exit_code_that_is_not_known_is_listed_as_that()
    {
        var attempts = new Attempts(retries: 1);
        attempts.EndAfter(Crash(null));

        Assert.Equal([null, 139], Assert.IsType<PoisonRequestException>(attempts.EndAfter(Crash(139))).ExitCodes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_call_that_nobody_has_started_moves_on_twice_whatever_its_command_declares(int retries)
    {
        var attempts = new Attempts(retries);
        Assert.Null(attempts.EndAfter(Unstarted()));
        Assert.Null(attempts.EndAfter(Unstarted()));
        var third = Unstarted();

        Assert.Same(third, attempts.EndAfter(third));
        Assert.Null(attempts.LastCrash);
    }

    [Fact]
    public void Deaths_before_a_call_was_started_are_not_held_against_it()
    {
        var attempts = new Attempts(retries: 1);
        Assert.Null(attempts.EndAfter(Unstarted()));
        Assert.Null(attempts.EndAfter(Crash(1)));
        Assert.Null(attempts.EndAfter(Unstarted()));

        Assert.Equal([1, 2], Assert.IsType<PoisonRequestException>(attempts.EndAfter(Crash(2))).ExitCodes);
    }

    [Fact]
    public void Deaths_before_a_call_was_started_give_no_right_to_run_it_twice()
    {
        var attempts = new Attempts(retries: 0);
        Assert.Null(attempts.EndAfter(Unstarted()));
        var crash = Crash(1);

        Assert.Same(crash, attempts.EndAfter(crash));
    }

    [Fact]
    public void Where_one_attempt_may_have_run_the_caller_is_never_told_that_none_did()
    {
        var attempts = new Attempts(retries: 1);
        var crash = Crash(1);
        Assert.Null(attempts.EndAfter(crash));
        Assert.Null(attempts.EndAfter(Unstarted()));
        Assert.Null(attempts.EndAfter(Unstarted()));

        Assert.Same(crash, attempts.EndAfter(Unstarted()));
        Assert.Same(crash, attempts.LastCrash);
    }

    private static WorkerCrashedException Crash(int? exitCode) =>
        new("died") { Delivery = Delivery.MayHaveRun, ExitCode = exitCode, StandardError = $"last words {exitCode}" };

    private static WorkerCrashedException Unstarted() => new("died") { Delivery = Delivery.NotStarted };
}
