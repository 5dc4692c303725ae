using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedPool.Workers.Processes;

/// <summary>
/// One end of a worker's pipe, read or written by system calls of our own: the streams of .NET go through its engine for
/// sockets, which costs more than all the rest of a call. It reads or writes at once where that is possible, and waits
/// for the poller where it is not. Only one read, or one write, at a time.
/// </summary>
internal sealed class NativePipe : Stream, IBusyStream
{
    /// <summary>
    /// So often it is looked whether more has come that is expected, all others having their turn in between. Who sleeps has to
    /// be woken up, and that costs the writer more than all else that it does for a small call.
    /// </summary>
    private const int Looks = 16;

    private readonly Stream _owner;
    private readonly SafeHandle _descriptor;
    private readonly Readiness _ready;

    private NativePipe(PipeStream owner, Poller poller, uint what)
    {
        // Nobody calls the methods of that stream any more: its descriptor must not get into the engine for sockets.
        (_owner, _descriptor) = (owner, owner.SafePipeHandle);
        _ready = new Readiness(poller, _descriptor, what);
        Descriptors.SetNonBlocking(_descriptor);
    }

    /// <inheritdoc />
    public override bool CanRead => _owner.CanRead;

    /// <inheritdoc />
    public override bool CanWrite => _owner.CanWrite;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public bool IsMoreExpected { get; set; }

    /// <summary>Takes over the stream of a pipe.</summary>
    /// <param name="stream">The stream, never used before.</param>
    /// <param name="poller">What waits for it; null where the stream is to be used as it is.</param>
    /// <returns>What to use instead: the stream itself where it is none of a pipe.</returns>
    internal static Stream Over(Stream stream, Poller? poller) => poller is not null && stream is PipeStream pipe
        ? new NativePipe(pipe, poller, pipe.CanRead ? Epoll.Readable : Epoll.Writable)
        : stream;

    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = Descriptors.Read(_descriptor, buffer.Span);
        return count == Descriptors.WouldBlock ? ReadWhenReadyAsync(buffer, cancellationToken) : new ValueTask<int>(count);
    }

    /// <inheritdoc />
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = Descriptors.Write(_descriptor, buffer.Span);
        return count == buffer.Length ? ValueTask.CompletedTask : WriteRestAsync(buffer[Math.Max(0, count)..], cancellationToken);
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Flush()
    {
        // Nothing is held back.
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The poller must not know a descriptor whose number another file may have.
            _ready.Dispose();
            _owner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadWhenReadyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        for (var i = 0; i < Looks && IsMoreExpected; i++)
        {
            await _ready.YieldAsync().ConfigureAwait(false);
            count = Descriptors.Read(_descriptor, buffer.Span);
            if (count != Descriptors.WouldBlock)
            {
                return count;
            }
        }

        do
        {
            await _ready.WaitAsync(cancellationToken).ConfigureAwait(false);
            count = Descriptors.Read(_descriptor, buffer.Span);
        }
        while (count == Descriptors.WouldBlock);
        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteRestAsync(ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        while (rest.Length > 0)
        {
            await _ready.WaitAsync(cancellationToken).ConfigureAwait(false);
            var count = Descriptors.Write(_descriptor, rest.Span);
            rest = rest[Math.Max(0, count)..];
        }
    }
}
