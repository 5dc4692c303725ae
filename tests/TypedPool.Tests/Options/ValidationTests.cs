using Microsoft.Extensions.Logging;
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
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Calls_per_worker(int calls, bool isValid) => AssertPool("CallsPerWorker", isValid, options => options.CallsPerWorker = calls);

    [Theory]
    [InlineData(-1, 1, false)]
    [InlineData(0, 1, true)]
    [InlineData(0, 2, true)]
    [InlineData(1, 1, true)]
    [InlineData(1_000, 1, true)]
    [InlineData(1_001, 1, false)]
    [InlineData(1, 2, false)]
    public void Prefetch(int prefetch, int calls, bool isValid) => AssertPool("Prefetch", isValid, options =>
    {
        options.Prefetch = prefetch;
        options.CallsPerWorker = calls;
    });

    [Theory]
    [InlineData(0, PoolStartup.Eager, true)]
    [InlineData(0, PoolStartup.Background, true)]
    [InlineData(0, PoolStartup.Lazy, false)]
    [InlineData(1, PoolStartup.Lazy, true)]
    public void Queue_limit(int limit, PoolStartup startup, bool isValid) => AssertPool("QueueLimit", isValid, options =>
    {
        options.QueueLimit = limit;
        options.Startup = startup;
    });

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(20, 20, true)]
    [InlineData(21, 20, false)]
    public void Command_threads(int threads, int calls, bool isValid) => AssertPool("CommandThreads", isValid, options =>
    {
        options.CallsPerWorker = calls;
        options.CommandThreads = threads;
    });

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

    [Theory]
    [InlineData(LogLevel.Trace, true)]
    [InlineData(LogLevel.None, true)]
    [InlineData((LogLevel)7, false)]
    [InlineData((LogLevel)(-1), false)]
    public void Python_log_level(LogLevel level, bool isValid) => AssertPool("PythonLogLevel", isValid, options => options.PythonLogLevel = level);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    [InlineData(-2, false)]
    public void Health_timeout_and_interval(int milliseconds, bool isValid)
    {
        AssertPool("HealthTimeout", isValid, options => options.HealthTimeout = TimeSpan.FromMilliseconds(milliseconds));
        AssertPool("HealthInterval", isValid, options => options.HealthInterval = TimeSpan.FromMilliseconds(milliseconds));
    }

    [Fact]
    public void All_problems_of_a_pools_options_are_told_at_once()
    {
        var options = new PythonPoolOptions
        {
            Module = " ",
            Name = "",
            PythonPath = "",
            WorkingDirectory = " ",
            Contract = "",
            SearchPaths = { "python", "" },
            Environment = { ["A=B"] = "c", [""] = "d" },
            Size = 0,
            CallsPerWorker = 0,
            Prefetch = -1,
            Overflow = -1,
            PythonLogLevel = (LogLevel)7,
            CommandThreads = 0,
            OverflowIdleTime = TimeSpan.Zero,
            Startup = (PoolStartup)9,
            Launch = (PoolLaunch)9,
            QueueLimit = -1,
            MaxCalls = 0,
            MaxAge = TimeSpan.Zero,
            MaxMemoryBytes = 0,
            HealthInterval = TimeSpan.Zero,
            HealthTimeout = TimeSpan.Zero,
            ThreadsPerWorker = 0,
            StartTimeout = TimeSpan.Zero,
            CheckoutTimeout = TimeSpan.Zero,
            CommandTimeout = TimeSpan.Zero,
            CancelGrace = TimeSpan.FromSeconds(-1),
            InterruptGrace = TimeSpan.FromSeconds(-1),
            TimeoutAction = (TimeoutAction)2,
            IdempotentRetries = -1,
            ShutdownTimeout = TimeSpan.FromSeconds(-5),
            MaxMessageBytes = 0,
            SessionIdleTime = TimeSpan.Zero,
            SessionSweepInterval = TimeSpan.Zero,
            LoggerFactory = null!,
            TimeProvider = null!,
        };

        var exception = Assert.Throws<ArgumentException>(() => PythonPoolOptionsValidation.Validate(options));

        // Of these alone there is nothing that could be wrong.
        Assert.All(
            OptionSamples.All.Select(option => option.Name).Except([nameof(options.MeterFactory), nameof(options.AllowCompatibleContract)]),
            name => Assert.Contains($"\n  {name}", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pool_says_what_is_wrong_before_it_does_anything() =>
        Assert.Contains("LoggerFactory must not be null", (await Assert.ThrowsAsync<ArgumentException>(
            () => PythonPool.StartAsync(new PythonPoolOptions { Module = "commands", LoggerFactory = null! }))).Message, StringComparison.Ordinal);

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
