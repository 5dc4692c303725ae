using TypedPool.Telemetry;
using TypedPool.Testing.Logging;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Workers;

public sealed class StandardErrorLogTests
{
    [Fact]
    public async Task What_is_no_text_is_drained_wherever_a_read_ends()
    {
        // A read ends inside of a character, and the next one, full, does not go on with it: one more character than bytes.
        var printed = new byte[64 * 1024];
        Array.Fill(printed, (byte)'x');
        printed[(16 * 1024) - 1] = 0xC3;

        using var stream = new MemoryStream([.. printed, .. "\nlast words\n"u8]);
        using var log = new RecordingLoggerFactory();
        var output = new WorkerLog("pool/1", new OutputLoggers(log));
        var drain = new StandardErrorLog(stream, output, CancellationToken.None);

        await drain.Drained;

        Assert.EndsWith("\nlast words", output.Tail, StringComparison.Ordinal);
    }
}
