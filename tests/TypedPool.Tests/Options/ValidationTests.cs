using Xunit;

namespace TypedPool.Tests.Options;

public sealed class ValidationTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    [InlineData(null, true)]
    public void Threads_per_worker(int? threads, bool isValid) => AssertPool("ThreadsPerWorker", isValid, options => options.ThreadsPerWorker = threads);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Idempotent_retries_of_pool_and_call(int retries, bool isValid)
    {
        AssertPool("IdempotentRetries", isValid, options => options.IdempotentRetries = retries);
        AssertNames("IdempotentRetries", isValid, () => PythonPoolOptionsValidation.Validate(new CallOptions { IdempotentRetries = retries }));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(86_400, true)]
    [InlineData(86_401, false)]
    public void Graces_of_pool_and_call(int seconds, bool isValid)
    {
        var grace = TimeSpan.FromSeconds(seconds);
        AssertPool("CancelGrace", isValid, options => options.CancelGrace = grace);
        AssertPool("InterruptGrace", isValid, options => options.InterruptGrace = grace);
        AssertNames("CancelGrace", isValid, () => PythonPoolOptionsValidation.Validate(new CallOptions { CancelGrace = grace }));
        AssertNames("InterruptGrace", isValid, () => PythonPoolOptionsValidation.Validate(new CallOptions { InterruptGrace = grace }));
    }

    [Theory]
    [InlineData(TimeoutAction.Kill, true)]
    [InlineData(TimeoutAction.Interrupt, true)]
    [InlineData((TimeoutAction)2, false)]
    public void Timeout_action_of_pool_and_call(TimeoutAction action, bool isValid)
    {
        AssertPool("TimeoutAction", isValid, options => options.TimeoutAction = action);
        AssertNames("TimeoutAction", isValid, () => PythonPoolOptionsValidation.Validate(new CallOptions { TimeoutAction = action }));
    }

    [Fact]
    public void All_problems_of_a_calls_options_are_told_at_once()
    {
        var options = new CallOptions { CheckoutTimeout = TimeSpan.Zero, CommandTimeout = TimeSpan.Zero, IdempotentRetries = -1 };

        var exception = Assert.Throws<ArgumentException>(() => PythonPoolOptionsValidation.Validate(options));

        Assert.All(["CheckoutTimeout", "CommandTimeout", "IdempotentRetries"], name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    private static void AssertPool(string name, bool isValid, Action<PythonPoolOptions> configure)
    {
        var options = new PythonPoolOptions { Module = "commands" };
        configure(options);
        AssertNames(name, isValid, () => PythonPoolOptionsValidation.Validate(options));
    }

    private static void AssertNames(string name, bool isValid, Action validate)
    {
        var problem = Record.Exception(validate);
        if (isValid)
        {
            Assert.Null(problem);
        }
        else
        {
            Assert.Contains(name, Assert.IsType<ArgumentException>(problem).Message, StringComparison.Ordinal);
        }
    }
}
