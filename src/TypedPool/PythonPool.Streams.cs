using TypedPool.Pool;
using TypedPool.Serialization;

namespace TypedPool;

/// <content>Calls whose result is a stream.</content>
public sealed partial class PythonPool
{
    /// <inheritdoc />
    public IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(
        PythonCommand<TRequest, TItem> command,
        TRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (options is not null)
        {
            PythonPoolOptionsValidation.Validate(options);
        }

        var call = new PythonCommand<TRequest, NoResult>(command.Name, command.WriteParams, JsonRead.Null)
        {
            Attaches = command.Attaches,
            Streams = command.Streams,
            Errors = command.Errors,
        };
        return new Stream<TItem>(
            command.ReadResult, (items, token) => CallAsync(call, request, options, items, token).AsTask(), cancellationToken);
    }

    /// <summary>A stream that has not begun: each enumeration is a call of its own.</summary>
    /// <typeparam name="TItem">What an item is.</typeparam>
    /// <param name="read">Reads an item.</param>
    /// <param name="begin">Begins a call.</param>
    /// <param name="given">The token of the call.</param>
    private sealed class Stream<TItem>(JsonReader<TItem> read, Func<ItemQueue, CancellationToken, Task> begin, CancellationToken given)
        : IAsyncEnumerable<TItem>
    {
        public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            new StreamedItems<TItem>(read, begin, given, cancellationToken);
    }
}
