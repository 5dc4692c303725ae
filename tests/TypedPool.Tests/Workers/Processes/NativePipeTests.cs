using System.IO.Pipes;
using TypedPool.Workers.Processes;
using Xunit;

namespace TypedPool.Tests.Workers.Processes;

/// <summary>Where more is expected, a read looks for it before it waits: nothing else may be different.</summary>
public sealed class BusyNativePipeTests() : NativePipeTests(isMoreExpected: true);

public class NativePipeTests : IDisposable
{
    private readonly bool _isMoreExpected;

    private readonly Poller? _poller = Poller.IfWanted();

    private readonly List<IDisposable> _open = [];

    public NativePipeTests()
        : this(isMoreExpected: false)
    {
    }

    private protected NativePipeTests(bool isMoreExpected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Native pipes are Linux's.");
        _isMoreExpected = isMoreExpected;
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _open.ForEach(each => each.Dispose());
        _poller?.Dispose();
    }

    [Fact]
    public async Task A_read_waits_for_what_is_written()
    {
        var (reader, writer) = Pipe();
        var buffer = new byte[10];
        var read = reader.ReadAsync(buffer);
        Assert.False(read.IsCompleted);

        await writer.WriteAsync(new byte[] { 1, 2, 3 });

        Assert.Equal(3, await read);
        Assert.Equal(new byte[] { 1, 2, 3 }, buffer[..3]);
    }

    [Fact]
    public async Task What_is_there_already_is_read_without_waiting()
    {
        var (reader, writer) = Pipe();
        await writer.WriteAsync(new byte[] { 1 });

        var read = reader.ReadAsync(new byte[10]);

        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task What_does_not_fit_into_the_pipe_is_written_as_it_is_read()
    {
        var (reader, writer) = Pipe();
        var sent = new byte[3_000_001];
        new Random(1).NextBytes(sent);
        var writing = writer.WriteAsync(sent).AsTask();
        Assert.False(writing.IsCompleted);

        var received = new byte[sent.Length];
        await reader.ReadExactlyAsync(received);
        await writing;

        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task The_end_is_read_as_the_end_also_by_who_waits()
    {
        var (reader, writer) = Pipe();
        var read = reader.ReadAsync(new byte[10]);

        await writer.DisposeAsync();

        Assert.Equal(0, await read);
        Assert.Equal(0, await reader.ReadAsync(new byte[10]));
    }

    [Fact]
    public async Task Nobody_can_be_written_to_who_has_gone()
    {
        var (reader, writer) = Pipe();
        var waiting = writer.WriteAsync(new byte[1_000_000]).AsTask();

        await reader.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => waiting);
        await Assert.ThrowsAsync<IOException>(() => writer.WriteAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task A_read_that_is_cancelled_takes_nothing_away_from_the_next()
    {
        var (reader, writer) = Pipe();
        using var cancellation = new CancellationTokenSource();
        var read = reader.ReadAsync(new byte[10], cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => read);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await Assert.ThrowsAsync<OperationCanceledException>(() => reader.ReadAsync(new byte[10], cancellation.Token).AsTask());
        await writer.WriteAsync(new byte[] { 7 });
        Assert.Equal(1, await reader.ReadAsync(new byte[10]));
    }

    [Fact]
    public async Task A_cancellation_at_the_moment_at_which_bytes_come_loses_none()
    {
        const byte Rounds = 200;
        var (reader, writer) = Pipe();
        var received = new List<byte>();
        var buffer = new byte[Rounds];
        for (byte i = 0; i < Rounds; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var read = reader.ReadAsync(buffer, cancellation.Token).AsTask();
            var cancel = Task.Run(cancellation.Cancel);
            await writer.WriteAsync(new[] { i });
            try
            {
                received.AddRange(buffer[..await read]);
            }
            catch (OperationCanceledException)
            {
                // The byte is for the next one.
            }

            await cancel;
        }

        await writer.DisposeAsync();
        for (var count = await reader.ReadAsync(buffer); count > 0; count = await reader.ReadAsync(buffer))
        {
            received.AddRange(buffer[..count]);
        }

        Assert.Equal(Enumerable.Range(0, Rounds).Select(i => (byte)i), received);
    }

    [Fact]
    public async Task Closing_ends_a_read_that_waits()
    {
        var (reader, _) = Pipe();
        var read = reader.ReadAsync(new byte[10]).AsTask();

        await reader.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.ReadAsync(new byte[10]).AsTask());
    }

    [Fact]
    public async Task Many_pipes_share_one_thread_that_waits()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var (there, here) = (Pipe(), Pipe());
            var echo = Task.Run(async () =>
            {
                var buffer = new byte[8];
                for (var count = await there.Reader.ReadAsync(buffer); count > 0; count = await there.Reader.ReadAsync(buffer))
                {
                    await here.Writer.WriteAsync(buffer.AsMemory(0, count));
                }
            });
            for (var round = 0; round < 200; round++)
            {
                await there.Writer.WriteAsync(BitConverter.GetBytes((i * 1000L) + round));
                var answer = new byte[8];
                await here.Reader.ReadExactlyAsync(answer);
                Assert.Equal((i * 1000L) + round, BitConverter.ToInt64(answer));
            }

            await there.Writer.DisposeAsync();
            await echo;
        }));
    }

    private (Stream Reader, Stream Writer) Pipe()
    {
        var server = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        var (reader, writer) = (NativePipe.Over(client, _poller), NativePipe.Over(server, _poller));
        ((NativePipe)reader).IsMoreExpected = _isMoreExpected;
        lock (_open)
        {
            _open.AddRange([reader, writer]);
        }

        return (reader, writer);
    }
}
