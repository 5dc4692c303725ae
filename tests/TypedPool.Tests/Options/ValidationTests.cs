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
