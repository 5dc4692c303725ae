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

    /// <summary>From how many missing bytes on an attachment is received without coming by here.</summary>
    private const int DirectBytes = 16 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private int _start;
    private int _end;

    /// <summary>The attachments of the frame at the start of the buffer, while they come in; nothing stands behind that frame then.</summary>
    private Arrival? _arrival;

    /// <summary>What was asked for last is an attachment's own memory.</summary>
    private bool _isDirect;

    /// <summary>Whether it has been agreed that messages may bring attachments.</summary>
    internal bool TakesAttachments { get; set; }

    /// <summary>What was received and not taken.</summary>
    internal ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Where to receive to: never empty, and large enough for the rest of a frame that has begun.</summary>
    /// <returns>Free memory.</returns>
    internal Memory<byte> Free()
    {
        if (_arrival?.Missing is { Length: >= DirectBytes } missing)
        {
            _isDirect = true;
            return missing;
        }

        var unread = _end - _start;
        if (unread == 0)
        {
            _start = _end = 0;
            ShrinkIfLarge();
        }

        MakeRoomFor(unread + (_arrival is null ? 1 : SmallBytes / 2));
        return _bytes.AsMemory(_end);
    }

    /// <summary>Counts bytes in that were written to <see cref="Free"/>.</summary>
    /// <param name="count">How many.</param>
    internal void Received(int count)
    {
        if (_isDirect)
        {
            _isDirect = false;
            _arrival!.Received(count);
        }
        else
        {
            _end += count;
        }
    }

    /// <summary>Takes the next whole frame, with the attachments that follow it.</summary>
    /// <param name="body">Its body: a view.</param>
    /// <param name="attachments">Its attachments; null where it announces none.</param>
    /// <returns>False where no whole frame is there yet.</returns>
    /// <exception cref="ProtocolException">The frame is empty, above the limit, or larger than the memory that there is; or its announcement is wrong.</exception>
    internal bool TryTake(out ReadOnlySpan<byte> body, out byte[][]? attachments)
    {
        body = default;
        attachments = null;
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
        var frameBytes = HeaderBytes + length;
        if (_arrival is not null || (TakesAttachments && Announcement.IsAt(body)))
        {
            _arrival ??= MakeArrival(Announcement.Sizes(body, maxMessageBytes - length));
            var taken = _arrival.Take(Unread[frameBytes..]);
            if (!_arrival.IsComplete)
            {
                _end -= taken;
                return false;
            }

            attachments = _arrival.Attachments;
            _arrival = null;
            frameBytes += taken;
        }

        _start += frameBytes;
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
        _arrival = null;
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

    private Arrival MakeArrival(List<int> sizes)
    {
        try
        {
            var attachments = new byte[sizes.Count][];
            for (var i = 0; i < attachments.Length; i++)
            {
                attachments[i] = sizes[i] == 0 ? [] : GC.AllocateUninitializedArray<byte>(sizes[i]);
            }

            return new Arrival(attachments);
        }
        catch (OutOfMemoryException exception)
        {
            throw NoMemory(sizes.Sum(size => (long)size), exception);
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
            throw NoMemory(length, exception);
        }
    }

    private ProtocolException NoMemory(long length, OutOfMemoryException exception) => new(
        $"There is no memory for the message of {length} bytes that the worker announced. Set MaxMessageBytes (now {maxMessageBytes}) to what there is.",
        exception);

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
