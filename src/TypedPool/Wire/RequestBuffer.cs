using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TypedPool.Wire;

/// <summary>
/// One request as a frame. What does not depend on a worker is written first; the rest is appended when a worker is
/// there, and written anew when the request moves to another one.
/// </summary>
internal sealed class RequestBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallBytes = 1024;

    /// <summary>Room for the members appended by <see cref="Complete"/>.</summary>
    internal const int TailBytes = 128;

    /// <summary>Room before the frame for the name of a segment, which depends on the worker as well.</summary>
    private const int SegmentBytes = 40;

    private const int BodyStart = SegmentBytes + ReceiveBuffer.HeaderBytes;

    private static readonly JsonWriterOptions Options = new()
    {
        // Nothing here is shown in a page; and the caller's text travels as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>
    /// The id stands first, in a field of fixed width: a worker that cannot read the message to its end still knows whose it is.
    /// </summary>
    private static ReadOnlySpan<byte> BeforeId => "\"jsonrpc\":\"2.0\",\"id\":"u8;

    private static ReadOnlySpan<byte> NoId => "                   "u8;

    private readonly Utf8JsonWriter _writer;
    private readonly AttachmentPieces _pieces = new();
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private int _written;
    private int _paramsStart;
    private int _bodyEnd;

    /// <summary>Where the message's own members begin: behind its opening brace, or behind the announcement of attachments.</summary>
    private int _membersStart;
    private int _frameStart;
    private int _frameEnd;

    internal RequestBuffer() => _writer = new Utf8JsonWriter(this, Options);

    /// <summary>The bytes that the buffer holds on to.</summary>
    internal int Capacity => _bytes.Length;

    /// <summary>The size of the message with its attachments, without what <see cref="Complete"/> appends: so it stays the same where the request moves.</summary>
    internal long MessageBytes => (_bodyEnd > 0 ? _bodyEnd : _written) - BodyStart + _pieces.TotalBytes;

    /// <summary>Whether attachments go with the message.</summary>
    internal bool HasAttachments => _pieces.Count > 0;

    /// <summary>The attachments.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Attachments => _pieces.Items;

    /// <summary>How large they are together.</summary>
    internal long AttachedBytes => _pieces.TotalBytes;

    /// <summary>Whether the answer may bring attachments, where the worker can send them.</summary>
    internal bool AnswerAttaches { get; set; }

    /// <summary>Whether the reader of the answer's result waits for nothing.</summary>
    internal bool IsReadPromptly { get; set; }

    /// <summary>The frame, and what fits in of the attachments, once <see cref="Complete"/> has been called.</summary>
    internal ReadOnlyMemory<byte> Frame => _bytes.AsMemory(_frameStart, _frameEnd - _frameStart);

    /// <summary>What is to be written after <see cref="Frame"/>: the other attachments, from the caller's own memory where they are large.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Rest => _pieces.Rest;

    /// <summary>What has been written of the params, also where the writing of them failed.</summary>
    internal ReadOnlySpan<byte> Params
    {
        get
        {
            _writer.Flush();
            return _bytes.AsSpan(_paramsStart, (_bodyEnd > 0 ? _bodyEnd : _written) - _paramsStart);
        }
    }

    /// <summary>Begins a request.</summary>
    /// <param name="method">The method's name.</param>
    /// <returns>Where to write the params: one JSON value.</returns>
    internal Utf8JsonWriter Begin(JsonEncodedText method)
    {
        Release();
        _written = BodyStart;
        _bodyEnd = 0;
        AnswerAttaches = IsReadPromptly = false;
        Append("{"u8);
        _membersStart = _written;
        Append(BeforeId);
        Append(NoId);
        Append(",\"method\":\""u8);
        Append(method.EncodedUtf8Bytes);
        Append("\",\"params\":"u8);
        _paramsStart = _written;
        _writer.Reset(this);
        return _writer;
    }

    /// <summary>Ends what does not depend on a worker.</summary>
    /// <param name="session">The session, or null.</param>
    /// <param name="traceparent">Where in its trace the call is, as W3C Trace Context writes it, or null.</param>
    /// <param name="progress">Whether the caller wants to know how far the command has come.</param>
    /// <param name="credit">How many items of its result are asked for at first; zero where the result is to come in one.</param>
    internal void End(string? session, string? traceparent = null, bool progress = false, int credit = 0)
    {
        _writer.Flush();
        AppendMember(",\"session\":\""u8, session);
        AppendMember(",\"traceparent\":\""u8, traceparent);
        if (progress)
        {
            Append(",\"progress\":true"u8);
        }

        if (credit > 0)
        {
            Append(",\"credit\":"u8);
            Append(credit);
        }

        _bodyEnd = _written;
    }

    /// <summary>Ends what does not depend on a worker, with attachments.</summary>
    /// <param name="session">The session, or null.</param>
    /// <param name="traceparent">Where in its trace the call is, or null.</param>
    /// <param name="progress">Whether the caller wants to know how far the command has come.</param>
    /// <param name="credit">How many items of its result are asked for at first; zero where the result is to come in one.</param>
    /// <param name="attachments">What the params name by number; must not change until <see cref="Release"/>.</param>
    /// <param name="owner">Disposed by <see cref="Release"/>.</param>
    internal void End(
        string? session, string? traceparent, bool progress, int credit, IReadOnlyList<ReadOnlyMemory<byte>> attachments, IDisposable owner)
    {
        End(session, traceparent, progress, credit);
        _pieces.Hold(attachments, owner);
        if (HasAttachments)
        {
            Announce();
            _bodyEnd = _written;
        }
    }

    /// <summary>Lets go of the attachments, and with them of the caller's memory.</summary>
    internal void Release() => _pieces.Release();

    /// <summary>Appends what depends on the worker and the moment.</summary>
    /// <param name="id">The id of the request.</param>
    /// <param name="timeout">What is left of the call's time; infinite is left out.</param>
    /// <param name="attaches">Whether the worker can send attachments.</param>
    /// <param name="segment">The name of the segment in which the attachments are, or null.</param>
    /// <param name="answerSegment">The name of the one in which those of the answer may be, or null.</param>
    internal void Complete(long id, TimeSpan timeout, bool attaches = false, string? segment = null, string? answerSegment = null)
    {
        _written = _bodyEnd;
        if (attaches && AnswerAttaches)
        {
            Append(",\"attachments\":true"u8);
            AppendMember(",\"memory\":\""u8, answerSegment);
        }

        if (timeout != Timeout.InfiniteTimeSpan)
        {
            Append(",\"timeoutMs\":"u8);
            Append((long)Math.Ceiling(timeout.TotalMilliseconds));
        }

        Append("}"u8);
        var field = _bytes.AsSpan(_membersStart + BeforeId.Length, NoId.Length);
        NoId.CopyTo(field);
        Utf8Formatter.TryFormat(id, field, out _);
        _frameStart = SegmentBytes - NameSegment(segment);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_frameStart), _written - _frameStart - ReceiveBuffer.HeaderBytes);
        _frameEnd = _written;
        if (segment is not null)
        {
            _pieces.Arrange();
        }
        else if (_pieces.Count > 0)
        {
            Reserve(_pieces.CopiedBytes);
            _frameEnd = _pieces.Arrange(_bytes, _written);
        }
    }

    /// <inheritdoc />
    public void Advance(int count) => _written += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, TailBytes));
        return _bytes.AsMemory(_written);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc />
    public void Dispose()
    {
        Release();
        _writer.Dispose();
        var bytes = _bytes;
        _bytes = [];
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes.AsSpan(_written));
        _written += text.Length;
    }

    /// <summary>Puts the name of a segment into the announcement, or takes that of another one out.</summary>
    /// <returns>How much longer it is than without.</returns>
    private int NameSegment(string? segment)
    {
        if (_pieces.Count == 0)
        {
            return 0;
        }

        var head = Announcement.Head;
        var shift = segment is null ? 0 : segment.Length + 3;
        head.CopyTo(_bytes.AsSpan(BodyStart - shift));
        if (segment is not null)
        {
            Encoding.ASCII.GetBytes($"\"{segment}\",", _bytes.AsSpan(BodyStart - shift + head.Length));
        }

        return shift;
    }

    private void Announce()
    {
        var announcement = Announcement.Of(_pieces.Items);
        var shift = announcement.Length - 1;
        Reserve(shift);
        _bytes.AsSpan(_membersStart, _written - _membersStart).CopyTo(_bytes.AsSpan(_membersStart + shift));
        announcement.CopyTo(_bytes.AsSpan(BodyStart));
        _membersStart += shift;
        _paramsStart += shift;
        _written += shift;
    }

    private void AppendMember(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Append(name);
            Append(JsonEncodedText.Encode(value, Options.Encoder).EncodedUtf8Bytes);
            Append("\""u8);
        }
    }

    private void Append(long number)
    {
        Reserve(TailBytes);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_written), out var length);
        _written += length;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _written >= count)
        {
            return;
        }

        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, checked(_written + count)));
        _bytes.AsSpan(0, _written).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
