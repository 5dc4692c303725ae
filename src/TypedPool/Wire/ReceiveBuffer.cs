using System.Buffers;
using System.Buffers.Binary;

namespace TypedPool.Wire;

/// <summary>
/// The bytes that came from a worker and were not handled yet. Frames are taken out as views; a view is valid until
/// the buffer is written to again. Not thread-safe: it belongs to whoever holds the reader role.
/// </summary>
/// <param name="maxMessageBytes">The largest body of a frame.</param>
internal sealed class ReceiveBuffer(int maxMessageBytes) : IDisposable
{
    internal const int HeaderBytes = 4;

    private const int SmallBytes = 16 * 1024;

    /// <summary>A buffer that a large frame made grow beyond this is given back with the frame.</summary>
    private const int KeptBytes = 1024 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private int _start;
    private int _end;

    /// <summary>What was received and not taken.</summary>
    internal ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Where to receive to: never empty, and large enough for the rest of a frame that has begun.</summary>
    /// <returns>Free memory.</returns>
    internal Memory<byte> Free()
    {
        var unread = _end - _start;
        if (unread == 0)
        {
            _start = _end = 0;
            ShrinkIfLarge();
        }

        MakeRoomFor(unread + 1);
        return _bytes.AsMemory(_end);
    }

    /// <summary>Counts bytes in that were written to <see cref="Free"/>.</summary>
    /// <param name="count">How many.</param>
    internal void Received(int count) => _end += count;

    /// <summary>Takes the next whole frame.</summary>
    /// <param name="body">Its body: a view.</param>
    /// <returns>False where no whole frame is there yet.</returns>
    /// <exception cref="ProtocolException">The frame is empty, above the limit, or larger than the memory that there is.</exception>
    internal bool TryTake(out ReadOnlySpan<byte> body)
    {
        body = default;
        if (_end - _start < HeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(Unread);
        if (length <= 0 || length > maxMessageBytes)
        {
            throw new ProtocolException(
                $"The worker announced a message of {unchecked((uint)length)} bytes; from 1 to MaxMessageBytes ({maxMessageBytes}) are allowed.");
        }

        if (_end - _start - HeaderBytes < length)
        {
            MakeRoomForFrame(length);
            return false;
        }

        body = _bytes.AsSpan(_start + HeaderBytes, length);
        _start += HeaderBytes + length;
        return true;
    }

    /// <summary>Drops bytes from the front.</summary>
    /// <param name="count">How many.</param>
    internal void Skip(int count) => _start += count;

    /// <inheritdoc />
    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _start = _end = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void ShrinkIfLarge()
    {
        if (_bytes.Length > KeptBytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(SmallBytes);
        }
    }

    /// <summary>Made as soon as the length is known: here a lack of memory is this message's end, not the reader's.</summary>
    private void MakeRoomForFrame(int length)
    {
        try
        {
            MakeRoomFor(HeaderBytes + length);
        }
        catch (OutOfMemoryException exception)
        {
            throw new ProtocolException(
                $"There is no memory for the message of {length} bytes that the worker announced. Set MaxMessageBytes (now {maxMessageBytes}) to what there is.",
                exception);
        }
    }

    private void MakeRoomFor(int count)
    {
        if (_bytes.Length - _start < count)
        {
            MoveTo(count <= _bytes.Length ? _bytes : ArrayPool<byte>.Shared.Rent(count));
        }
    }

    private void MoveTo(byte[] target)
    {
        var unread = Unread;
        unread.CopyTo(target);
        if (!ReferenceEquals(target, _bytes))
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = target;
        }

        _end = unread.Length;
        _start = 0;
    }
}
