using TypedPool.Serialization;
using TypedPool.Testing.Logging;
using TypedPool.Testing.Processes;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>A reader of results that does not return: nobody can end it, but its call, its worker and its pool end all the same.</summary>
public sealed class ReadersTests : IDisposable
{
    private readonly ManualResetEventSlim _return = new();
    private readonly TaskCompletionSource _isStuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hasReturned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _return.Dispose();

    [Fact]
    public async Task The_time_of_the_command_ends_its_call_and_the_pool_goes_on()
    {
        using var log = new RecordingLoggerFactory();
        var pool = await Pools.StartAsync(options => options.LoggerFactory = log);
        var options = new CallOptions { CommandTimeout = TimeSpan.FromMilliseconds(200) };

        var exception = await Assert.ThrowsAsync<CommandTimeoutException>(() => pool.InvokeAsync(Stuck(), new { value = 1 }, options));

        Assert.Contains("the reader of its result", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CommandTimeout (00:00:00.2", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await pool.CallAsync("echo", new { value = 2 })).GetInt32());
        Assert.Single(log.Entries, entry => entry.Message.Contains("is lost (CommandTimeout", StringComparison.Ordinal));
        await pool.StopAsync();
        await ReturnAsync();
    }

    [Fact]
    public async Task A_cancellation_ends_its_call()
    {
        await using var pool = await Pools.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = pool.InvokeAsync(Stuck(), new { value = 1 }, cancellationToken: cancellation.Token);
        await _isStuck.Task;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ReturnAsync();
    }

    [Fact]
    public async Task A_stop_ends_its_call()
    {
        var pool = await Pools.StartAsync(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var call = pool.InvokeAsync(Stuck(), new { value = 1 });
        await _isStuck.Task;

        await pool.StopAsync();

        await Assert.ThrowsAsync<PoolUnavailableException>(() => call);
        await ReturnAsync();
    }

    [Fact]
    public async Task A_reader_that_returns_in_time_gives_its_result_although_the_worker_has_died_meanwhile()
    {
        await using var pool = await Pools.StartAsync();
        var pid = (await pool.CallAsync("pid")).GetInt32();
        var call = pool.InvokeAsync(Stuck(), new { value = 7 });
        await _isStuck.Task;
        using var process = System.Diagnostics.Process.GetProcessById(pid);

        process.Kill();
        await ProcessEnd.WaitAsync(process);
        _return.Set();

        Assert.Equal(7, await call);
    }

    private async Task ReturnAsync()
    {
        // The thread is needed again, and finds that its result has come too late.
        _return.Set();
        await _hasReturned.Task;
    }

    private PythonCommand<object, int> Stuck() => new(
        "echo",
        (writer, value) => System.Text.Json.JsonSerializer.Serialize(writer, value),
        (ref reader) =>
        {
            var value = reader.GetInt32();
            _isStuck.TrySetResult();
            _return.Wait();
            _hasReturned.TrySetResult();
            return value;
        });
}
