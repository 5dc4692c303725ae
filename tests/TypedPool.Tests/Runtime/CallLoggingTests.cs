using Microsoft.Extensions.Logging;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class CallLoggingTests : IDisposable
{
    private readonly RecordingLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_failed_call_is_logged_with_its_worker_and_session_and_none_of_its_words()
    {
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = _log);
        var options = new CallOptions { Session = "s" };

        await Assert.ThrowsAsync<PythonException>(() => pool.CallAsync("raise_value_error", new { message = "secret" }, options));

        var entry = Assert.Single(_log.Entries, entry => entry.Id.Name == "CallFailed");
        Assert.Equal((LogLevel.Debug, "TypedPool.Pool"), (entry.Level, entry.Category));
        Assert.Equal(
            ("pool_commands", "raise_value_error", "python_exception", "pool_commands/1", "s"),
            (entry.Values["Pool"], entry.Values["Command"], entry.Values["Error"], entry.Values["Worker"], entry.Values["Session"]));
        Assert.DoesNotContain(_log.Entries, each => each.ToString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_went_well_is_not_logged()
    {
        await using var pool = await Pools.StartAsync(options => options.LoggerFactory = _log);
        var before = _log.Entries.Count;

        await pool.CallAsync("add", new { a = 1, b = 2 });

        Assert.Equal(before, _log.Entries.Count);
    }
}
