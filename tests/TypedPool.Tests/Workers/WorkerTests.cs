using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedPool.Serialization;
using TypedPool.Testing.Logging;
using TypedPool.Wire;
using TypedPool.Telemetry;
using TypedPool.Testing;
using TypedPool.Tests.Wire;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public sealed class WorkerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeProcess _process = new();

    public void Dispose() => _process.Dispose();

    [Fact]
    public async Task A_worker_whose_process_has_exited_is_of_no_more_use_while_its_streams_are_still_held()
    {
        var worker = new Worker("pool/1", _process, Settings);
        _ = _process.ServeAsync("feed", "1");
        await worker.Connection.OpenAsync("feed");

        _process.Exit(3);

        // As long as the streams are open, time alone ends the worker; and here none passes.
        await _process.Killed.Task;
        Assert.Equal(CondemnReason.Died, worker.Reason);
        await worker.Ended;
    }

    [Fact]
    public async Task A_call_that_comes_when_the_worker_has_broken_the_protocol_has_not_been_sent()
    {
        var worker = new Worker("pool/1", _process, Settings);
        _ = _process.ServeAsync("feed", "1");
        await worker.Connection.OpenAsync("feed");
        await _process.WriteAsync("this is no frame"u8.ToArray());
        await worker.Ended;
        using var request = new RequestBuffer();
        request.Begin(JsonEncodedText.Encode("add")).WriteNullValue();
        request.End(session: null);

        var exception = await Assert.ThrowsAsync<WorkerCrashedException>(
            async () => await worker.CallAsync(request, new TimeLimit(Timeout.InfiniteTimeSpan, "CommandTimeout"), JsonRead.Int64, CancellationToken.None));

        Assert.Equal(Delivery.NotStarted, exception.Delivery);
    }

    [Fact]
    public async Task A_result_that_is_no_JSON_is_told_to_the_caller_and_not_to_the_log()
    {
        using var log = new RecordingLoggerFactory();
        var worker = new Worker("pool/1", _process, Settings with { Logger = log.CreateLogger("pool") });
        _ = _process.ServeAsync("feed", "secret");
        await worker.Connection.OpenAsync("feed");
        using var request = new RequestBuffer();
        request.Begin(JsonEncodedText.Encode("add")).WriteNullValue();
        request.End(session: null);

        var exception = await Assert.ThrowsAsync<ProtocolException>(
            async () => await worker.CallAsync(request, new TimeLimit(Timeout.InfiniteTimeSpan, "CommandTimeout"), JsonRead.Int64, CancellationToken.None));
        await worker.Ended;

        Assert.Equal("The worker sent a result that is not JSON: secret", exception.Message);
        var entry = Assert.Single(log.Entries);
        Assert.Equal("Worker pool/1 broke the protocol and is killed: The worker sent a result that is not JSON", entry.Message);
        Assert.Null(entry.Exception);
    }

    [Fact]
    public async Task A_worker_that_closes_its_channel_and_stays_is_killed_and_that_is_told()
    {
        var worker = new Worker("pool/1", _process, Settings);
        await _process.WriteAsync("\0typedpool:feed\n"u8.ToArray());
        await worker.Connection.OpenAsync("feed");
        using var request = new RequestBuffer();
        request.Begin(JsonEncodedText.Encode("add")).WriteNullValue();
        request.End(session: null);
        var call = worker.CallAsync(request, new TimeLimit(Timeout.InfiniteTimeSpan, "CommandTimeout"), JsonRead.Int64, CancellationToken.None);

        _process.CloseOutput();
        await worker.Connection.Closed;
        Assert.False(_process.Killed.Task.IsCompleted);
        _time.Advance(Worker.ExitGrace);

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(async () => await call);
        Assert.StartsWith(
            "The worker died during the call (it closed its channel and was killed, since it did not exit within 00:00:01).", crash.Message, StringComparison.Ordinal);
        Assert.Equal(137, crash.ExitCode);
    }

    [Fact]
    public async Task A_call_that_has_waited_too_long_is_taken_back_however_fast_the_worker_answers_that()
    {
        Task<CallOutcome<long>>? late = null;
        FakeProcess process = null!;
        process = new FakeProcess(input => new WatchedStream(input, "$/cancelRequest", () =>
        {
            process.WriteAsync(Frames.Of("""{"jsonrpc":"2.0","id":2,"error":{"code":-32800,"message":"never started"}}""")).Wait();
            SpinWait.SpinUntil(() => late!.IsCompleted);
        }));
        using var words = new TemporaryFolder();
        await File.WriteAllBytesAsync(words["words"], new byte[2 * sizeof(long)]);
        var worker = new Worker("pool/1", process, Settings with { Prefetch = true });
        await process.WriteAsync("\0typedpool:feed\n"u8.ToArray());
        await worker.Connection.OpenAsync("feed");
        worker.Observe(new WorkerCapabilities(words["words"], Stacks: null, Cancel: true, Attachments: false, Prefetch: true));
        var running = CallAsync(worker, Timeout.InfiniteTimeSpan);
        late = CallAsync(worker, TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<CallTakenBackException>(() => late);
        process.Kill();
        await Assert.ThrowsAsync<WorkerCrashedException>(() => running);
    }

    private static async Task<CallOutcome<long>> CallAsync(Worker worker, TimeSpan wait)
    {
        using var request = new RequestBuffer();
        request.Begin(JsonEncodedText.Encode("add")).WriteNullValue();
        request.End(session: null);
        var limit = new TimeLimit(wait, "CheckoutTimeout");
        return await worker.CallAsync(
            request, new TimeLimit(Timeout.InfiniteTimeSpan, "CommandTimeout"), JsonRead.Int64, CancellationToken.None, wait: new WaitLimit(limit, wait, Timeout.InfiniteTimeSpan));
    }

    private WorkerSettings Settings =>
        new("pool", Contract: null, 1_000_000, Timeout.InfiniteTimeSpan, _time, NullLogger.Instance, new OutputLoggers(NullLoggerFactory.Instance));
}
