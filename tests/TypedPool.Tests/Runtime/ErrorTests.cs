using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Every failure there is, provoked: what it says of itself, and where it happened.</summary>
public sealed class ErrorTests : IDisposable
{
    private static readonly CallOptions InSession = new() { Session = "s" };

    /// <summary>Each type of failure, with how it is provoked, and whether it is known which worker had the call.</summary>
    private static readonly Dictionary<Type, Failure> Failures = new()
    {
        [typeof(CheckoutTimeoutException)] = new(PythonErrorCategory.Timeout, "checkout_timeout", "pid", IsOfWorker: false, async test =>
        {
            await using var pool = await Pools.StartAsync();
            await test.WhileBusyAsync(pool, options => pool.CallAsync("pid", options: options with { CheckoutTimeout = TimeSpan.FromMilliseconds(1) }));
        }),
        [typeof(QueueFullException)] = new(PythonErrorCategory.Resource, "queue_full", "pid", IsOfWorker: false, async test =>
        {
            await using var pool = await Pools.StartAsync(options => options.QueueLimit = 0);
            await test.WhileBusyAsync(pool, options => pool.CallAsync("pid", options: options));
        }),
        [typeof(CommandTimeoutException)] = new(PythonErrorCategory.Timeout, "command_timeout", "wait_for", IsOfWorker: true, OnPool((pool, options) =>
            pool.CallAsync("wait_for", new { path = "/never" }, options with { CommandTimeout = TimeSpan.FromMilliseconds(50) }))),
        [typeof(WorkerCrashedException)] = new(PythonErrorCategory.System, "worker_crashed", "exit_process", IsOfWorker: true, OnPool((pool, options) =>
            pool.CallAsync("exit_process", new { code = 3 }, options))),
        [typeof(PoisonRequestException)] = new(PythonErrorCategory.System, "poison_request", "exit_process", IsOfWorker: true, OnPool((pool, options) =>
            pool.InvokeAsync(Raw.Command("exit_process", isIdempotent: true), new { code = 3 }, options))),
        [typeof(PoolUnavailableException)] = new(PythonErrorCategory.Resource, "pool_unavailable", "pid", IsOfWorker: false, async test =>
        {
            var pool = await Pools.StartAsync();
            await pool.StopAsync();
            await pool.CallAsync("pid", options: InSession);
        }),
        [typeof(WorkerStartException)] = new(PythonErrorCategory.System, "worker_start_failed", Command: null, IsOfWorker: true, async _ =>
            await PythonPool.StartAsync(Pools.Options("broken_module"))),
        [typeof(SchemaMismatchException)] = new(PythonErrorCategory.Communication, "schema_mismatch", Command: null, IsOfWorker: true, async _ =>
        {
            var options = Pools.Options();
            options.Contract = "sha256:another";
            await PythonPool.StartAsync(options);
        }),
        [typeof(ProtocolException)] = new(PythonErrorCategory.Communication, "protocol_error", "break_protocol", IsOfWorker: true, async test =>
        {
            await using var pool = await Pools.StartAsync(options => options.Module = "attempt_commands");
            await pool.CallAsync("break_protocol", new { path = test.PathOf("runs") }, InSession);
        }),
        [typeof(InvalidArgumentsException)] = new(PythonErrorCategory.Argument, "invalid_arguments", "add", IsOfWorker: true, OnPool((pool, options) =>
            pool.CallAsync("add", new { a = 1, b = "two" }, options))),
        [typeof(InvalidResultException)] = new(PythonErrorCategory.Application, "invalid_result", "wrong_type", IsOfWorker: true, OnPool((pool, options) =>
            pool.CallAsync("wrong_type", options: options))),
        [typeof(PythonException)] = new(PythonErrorCategory.Application, "python_exception", "raise_value_error", IsOfWorker: true, OnPool((pool, options) =>
            pool.CallAsync("raise_value_error", new { message = "m" }, options))),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Failures.Keys.Select(type => type.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_failure_tells_its_category_its_code_and_where_it_happened(string name)
    {
        var (type, expected) = Failures.Single(failure => failure.Key.Name == name);

        var exception = Assert.IsType<PythonPoolException>(await Record.ExceptionAsync(() => expected.Provoke(this)), exactMatch: false);

        Assert.IsType(type, exception);
        Assert.Equal((expected.Category, expected.Code), (exception.Category, exception.Code));
        Assert.NotEmpty(exception.Message);
        Assert.Equal((expected.Command, expected.Command is null ? null : "s"), (exception.Command, exception.Session));
        Assert.NotNull(exception.PoolName);
        Assert.Equal(expected.IsOfWorker, exception.WorkerId is not null);
    }

    [Fact]
    public void Every_failure_there_is_is_tried()
    {
        var types = typeof(PythonPoolException).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(PythonPoolException)) && !type.IsAbstract);

        Assert.Equal(types.Select(type => type.Name).Order(), Failures.Keys.Select(type => type.Name).Order());
        Assert.Equal(Failures.Count, Failures.Values.Select(failure => failure.Code).Distinct().Count());
    }

    [Fact]
    public async Task The_failure_of_a_call_without_a_session_carries_none()
    {
        await using var pool = await Pools.StartAsync();

        var timeout = await Assert.ThrowsAsync<CommandTimeoutException>(
            () => pool.CallAsync("wait_for", new { path = PathOf("never") }, new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(50) }));
        var raised = await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("raise_value_error", new { message = "m" }));

        Assert.Equal((null, "wait_for", null, "raise_value_error"), (timeout.Session, timeout.Command, raised.Session, raised.Command));
        Assert.Empty(pool.GetSessions());
    }

    private static Func<ErrorTests, Task> OnPool(Func<PythonPool, CallOptions, Task> call) => async _ =>
    {
        await using var pool = await Pools.StartAsync();
        await call(pool, InSession);
    };

    /// <summary>Makes a call while the only worker has another.</summary>
    private async Task WhileBusyAsync(PythonPool pool, Func<CallOptions, Task> call)
    {
        var running = pool.CallAsync("wait_for", new { path = PathOf("go") });
        try
        {
            await call(InSession);
        }
        finally
        {
            await File.WriteAllTextAsync(PathOf("go"), "");
            await running;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private sealed record Failure(PythonErrorCategory Category, string Code, string? Command, bool IsOfWorker, Func<ErrorTests, Task> Provoke);
}
