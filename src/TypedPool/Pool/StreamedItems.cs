using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Pool;

/// <summary>Reads one stream: the call begins with the first item that is asked for, and has ended when this is disposed.</summary>
/// <typeparam name="TItem">What an item is.</typeparam>
internal sealed class StreamedItems<TItem> : IAsyncEnumerator<TItem>
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Json.MaxDepth };

    private readonly JsonReader<TItem> _read;
    private readonly Func<ItemQueue, CancellationToken, Task> _begin;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _ending;
    private readonly ItemQueue _queue = new();
    private readonly List<TItem> _items = [];
    private int _index = -1;

    /// <summary>How many items came before those at hand.</summary>
    private long _before;

    /// <summary>What is wrong behind the items at hand.</summary>
    private Exception? _failure;

    private Task? _call;

    /// <summary>A reader.</summary>
    /// <param name="read">Reads an item.</param>
    /// <param name="begin">Begins the call.</param>
    /// <param name="given">Gives up the call.</param>
    /// <param name="enumeration">Gives it up, too.</param>
    internal StreamedItems(
        JsonReader<TItem> read, Func<ItemQueue, CancellationToken, Task> begin, CancellationToken given, CancellationToken enumeration)
    {
        _read = read;
        _begin = begin;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(given, enumeration);
        _cancellationToken = enumeration.CanBeCanceled && !given.CanBeCanceled ? enumeration : given;
    }

    /// <inheritdoc />
    public TItem Current => _items[_index];

    /// <inheritdoc />
    public ValueTask<bool> MoveNextAsync()
    {
        if (_index + 1 < _items.Count && !_ending.IsCancellationRequested)
        {
            _index++;
            return new ValueTask<bool>(true);
        }

        return MoveToNextBatchAsync();
    }

    /// <inheritdoc />
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The reader has left before it came to that.")]
    public async ValueTask DisposeAsync()
    {
        if (_queue.HasLeft)
        {
            return; // It may be disposed twice, as anything.
        }

        _queue.Leave();
        try
        {
            if (_call is not null)
            {
                await _ending.CancelAsync().ConfigureAwait(false);
                await _call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            _queue.Dispose();
            _ending.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> MoveToNextBatchAsync()
    {
        _call ??= RunAsync();
        if (_ending.IsCancellationRequested)
        {
            await EndOfCallAsync().ConfigureAwait(false);
        }

        while (true)
        {
            if (_index + 1 < _items.Count)
            {
                _index++;
                return true;
            }

            if (_failure is not null)
            {
                throw await FailAsync(_failure).ConfigureAwait(false);
            }

            _queue.Read(_items.Count);
            _before += _items.Count;
            _items.Clear();
            _index = -1;
            if (!await _queue.WaitAsync().ConfigureAwait(false))
            {
                await EndOfCallAsync().ConfigureAwait(false);
                return false;
            }

            if (_queue.TryTake(out var batch))
            {
                using (batch)
                {
                    Read(batch.Json);
                }
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await _begin(_queue, _ending.Token).ConfigureAwait(false);
        }
        finally
        {
            _queue.End();
        }
    }

    private async ValueTask EndOfCallAsync()
    {
        try
        {
            await _call!.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == _ending.Token)
        {
            throw new OperationCanceledException(exception.Message, exception, _cancellationToken);
        }
    }

    /// <summary>An item that cannot be read ends the stream: the call is cancelled first, as nobody will read on.</summary>
    private async ValueTask<Exception> FailAsync(Exception failure)
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _call!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return failure;
    }

    /// <summary>Reads the items of a message up to the first that is none.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown behind the items before it.")]
    private void Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!reader.Read() || !reader.Read() || !reader.ValueTextEquals("items"u8) || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                throw new ProtocolException("The worker sent items in another form than {\"items\": […]}", received: Json.Shown(json));
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                _items.Add(_read(ref reader));
            }
        }
        catch (JsonMismatchException mismatch)
        {
            var path = JsonPointer.At(json, mismatch.Offset ?? json.Length);
            _failure = CallErrors.Mismatch(mismatch, PathOf(path));
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    /// <summary>A path in a message as one in the stream: <c>/items/3/name</c> after 100 items is <c>/103/name</c>.</summary>
    private string PathOf(string path)
    {
        var rest = path.IndexOf('/', "/items/".Length);
        return $"/{_before + _items.Count}{(rest < 0 ? "" : path[rest..])}";
    }
}
