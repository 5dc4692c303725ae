using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>A stream among the arguments of a call, whose items follow the request.</summary>
/// <param name="name">The parameter.</param>
internal abstract class OutgoingStream(string name)
{
    /// <summary>The parameter.</summary>
    internal string Name { get; } = name;

    /// <summary>Begins to enumerate it.</summary>
    /// <param name="cancellationToken">Says that the call has ended.</param>
    /// <returns>The items, to be written.</returns>
    internal abstract IOutgoingItems Enumerate(CancellationToken cancellationToken);
}

/// <summary>A stream among the arguments of a call.</summary>
/// <typeparam name="T">What an item is.</typeparam>
/// <param name="name">The parameter.</param>
/// <param name="source">The stream.</param>
/// <param name="write">Writes an item.</param>
internal sealed class OutgoingStream<T>(string name, IAsyncEnumerable<T> source, JsonWriter<T> write) : OutgoingStream(name)
{
    /// <inheritdoc />
    internal override IOutgoingItems Enumerate(CancellationToken cancellationToken) => new Items(source.GetAsyncEnumerator(cancellationToken), write);

    private sealed class Items(IAsyncEnumerator<T> items, JsonWriter<T> write) : IOutgoingItems
    {
        public ValueTask<bool> MoveNextAsync() => items.MoveNextAsync();

        public void Write(Utf8JsonWriter writer) => write(writer, items.Current);

        public ValueTask DisposeAsync() => items.DisposeAsync();
    }
}

/// <summary>The items of a stream, one after the other.</summary>
internal interface IOutgoingItems : IAsyncDisposable
{
    /// <summary>Goes to the next item.</summary>
    /// <returns>False where there is none.</returns>
    ValueTask<bool> MoveNextAsync();

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to write.</param>
    /// <exception cref="JsonMismatchException">It cannot travel.</exception>
    void Write(Utf8JsonWriter writer);
}
