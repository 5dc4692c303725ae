using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// Sends one stream of the caller's, as far as Python asks for items. It is enumerated from the first time that Python
/// asks on, in the context of the caller; items that are there without waiting go together.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="number">Its number among those of the call.</param>
/// <param name="time">The time of the call.</param>
/// <param name="maxMessageBytes">The largest message.</param>
/// <param name="ended">Says that the call has ended.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphore holds nothing that must be released, and a stream may outlive its call.")]
internal sealed class SentStream(OutgoingStream stream, int number, CallTime time, int maxMessageBytes, CancellationToken ended)
{
    private const int MostAtOnce = 512;
    private const int MostBytesAtOnce = 32 * 1024;
    private const int EnvelopeBytes = 200;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly ArrayBufferWriter<byte> _batch = new();
    private readonly ArrayBufferWriter<byte> _item = new();
    private SentCall? _call;
    private Task _sending = Task.CompletedTask;
    private bool _hasBegun;

    /// <summary>How many items Python may still be sent. Guarded by the gate.</summary>
    private long _credit;

    /// <summary>How many items wait in the batch.</summary>
    private int _count;

    /// <summary>How many items there were, those in the batch included.</summary>
    private long _written;

    /// <summary>How many of those have been sent. Guarded by the gate, as all that follows.</summary>
    private long _sent;

    /// <summary>How many of those Python has read: it asks for as many more, at the latest when it has none left.</summary>
    private long _read;

    private bool _isOver;
    private bool _isAwaited;

    /// <summary>The parameter.</summary>
    internal string Name => stream.Name;

    /// <summary>Why the stream has failed; null where it has not.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>Completes when nothing of the caller's is being enumerated.</summary>
    internal Task Sending
    {
        get
        {
            lock (_gate)
            {
                return _sending;
            }
        }
    }

    /// <summary>Python asks for more.</summary>
    /// <param name="call">The call.</param>
    /// <param name="count">How many items.</param>
    internal void Ask(SentCall call, int count)
    {
        lock (_gate)
        {
            _credit += count;
            _read += _hasBegun ? count : 0;
            var isFirst = !_hasBegun;
            _hasBegun = true;
            Update();
            if (isFirst)
            {
                _call = call;
                _sending = Task.Run(SendInContextAsync, CancellationToken.None);
            }
        }

        _asked.Release();
    }

    private Task SendInContextAsync()
    {
        if (_context is null)
        {
            return SendAsync();
        }

        var sending = Task.CompletedTask;
        ExecutionContext.Run(_context, _ => sending = SendAsync(), null);
        return sending;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is what the call ends with, where Python does not handle it.")]
    private async Task SendAsync()
    {
        var error = default(string);
        try
        {
            var items = stream.Enumerate(ended);
            await using (items.ConfigureAwait(false))
            {
                await SendAllAsync(items).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Failure = exception;
            error = $"{exception.GetType()}: {exception.Message}";
        }

        if (!ended.IsCancellationRequested)
        {
            await FlushAsync().ConfigureAwait(false);
            lock (_gate)
            {
                _isOver = true;
                Update();
            }

            _call!.Post("$/stream/end", writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("stream"u8, number);
                if (error is not null)
                {
                    writer.WriteString("error"u8, error);
                }

                writer.WriteEndObject();
            });
        }
    }

    private async Task SendAllAsync(IOutgoingItems items)
    {
        using var writer = new Utf8JsonWriter(_item, Options);
        while (!ended.IsCancellationRequested)
        {
            if (!TakeCredit())
            {
                await FlushAsync().ConfigureAwait(false);
                await _asked.WaitAsync(ended).ConfigureAwait(false);
                continue;
            }

            var next = items.MoveNextAsync();
            if (!next.IsCompleted)
            {
                // What comes at once goes together; nothing waits for what comes later.
                await FlushAsync().ConfigureAwait(false);
            }

            if (!await next.ConfigureAwait(false))
            {
                return;
            }

            Write(items, writer);
            if (_count >= MostAtOnce || _batch.WrittenCount >= MostBytesAtOnce)
            {
                await FlushAsync().ConfigureAwait(false);
            }
        }
    }

    private void Write(IOutgoingItems items, Utf8JsonWriter writer)
    {
        _item.ResetWrittenCount();
        writer.Reset(_item);
        try
        {
            items.Write(writer);
            writer.Flush();
        }
        catch (JsonMismatchException mismatch)
        {
            writer.Flush();
            throw CallErrors.Unwritable(mismatch, Path + JsonPointer.At(_item.WrittenSpan, _item.WrittenCount));
        }

        if (_item.WrittenCount > maxMessageBytes - EnvelopeBytes)
        {
            throw new InvalidArgumentsException(
                $"The item at {Path} is {_item.WrittenCount} bytes, and MaxMessageBytes is {maxMessageBytes}. Send less, or set MaxMessageBytes.") { Path = Path };
        }

        _batch.Write(_count == 0 ? "["u8 : ","u8);
        _batch.Write(_item.WrittenSpan);
        _count++;
        _written++;
    }

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/{stream.Name}/{_written}");

    private bool TakeCredit()
    {
        lock (_gate)
        {
            return _credit > 0 && _credit-- > 0;
        }
    }

    private async ValueTask FlushAsync()
    {
        if (_count == 0)
        {
            return;
        }

        lock (_gate)
        {
            _sent += _count;
            Update();
        }

        _batch.Write("]"u8);
        await _call!.SendAsync("$/stream/items", writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("stream"u8, number);
            writer.WritePropertyName("items"u8);
            writer.WriteRawValue(_batch.WrittenSpan, skipInputValidation: true);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
        _batch.ResetWrittenCount();
        _count = 0;
    }

    /// <summary>Under the gate.</summary>
    private void Update()
    {
        var isAwaited = _hasBegun && !_isOver && _read == _sent;
        if (isAwaited != _isAwaited)
        {
            _isAwaited = isAwaited;
            time.SetAwaited(isAwaited);
        }
    }
}
