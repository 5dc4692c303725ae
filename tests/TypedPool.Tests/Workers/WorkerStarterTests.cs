using Microsoft.Extensions.Logging.Abstractions;
using TypedPool.Telemetry;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public sealed class WorkerStarterTests : IDisposable
{
    private readonly FakeProcess _process = new();

    public void Dispose() => _process.Dispose();

    [Fact]
    public async Task A_start_whose_time_is_over_at_once_is_told_as_any_other()
    {
        var starter = new WorkerStarter(new FakeLauncher(_process, _ => Task.CompletedTask), Settings(TimeSpan.FromTicks(1)));

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => starter.StartAsync(CancellationToken.None));

        Assert.Contains("StartTimeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_breaks_the_protocol_in_the_handshake_is_told_with_what_it_did() =>
        Assert.Contains("not JSON: nonsense", await FailureOfAsync("nonsense"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"protocol":"1"}""")]
    [InlineData("""{"protocol":2}""")]
    public async Task A_worker_that_speaks_another_protocol_is_told(string handshake) =>
        Assert.Contains("version", await FailureOfAsync(handshake), StringComparison.Ordinal);

    private async Task<string> FailureOfAsync(string handshake)
    {
        var starter = new WorkerStarter(new FakeLauncher(_process, token => _process.ServeAsync(token, handshake)), Settings(Timeout.InfiniteTimeSpan));
        return (await Assert.ThrowsAsync<WorkerStartException>(() => starter.StartAsync(CancellationToken.None))).Message;
    }

    private static WorkerSettings Settings(TimeSpan startTimeout) =>
        new("pool", Contract: null, 1_000_000, startTimeout, TimeProvider.System, NullLogger.Instance, new OutputLoggers(NullLoggerFactory.Instance));
}
