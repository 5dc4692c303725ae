using System.Runtime.CompilerServices;
using TypedPool.Serialization;

namespace TypedPool.Fakes;

/// <content>Commands whose result is a stream.</content>
public sealed partial class FakeInvoker
{
    /// <summary>Says what a command yields. Of two answers to one command the later counts.</summary>
    /// <typeparam name="TRequest">The generated request record; <see cref="ValueTuple"/> for a command without parameters.</typeparam>
    /// <typeparam name="TItem">What an item is.</typeparam>
    /// <param name="command">The command's name in Python.</param>
    /// <param name="stream">Makes the items of one enumeration; what it throws, the enumeration throws.</param>
    /// <returns>This fake.</returns>
    public FakeInvoker OnStream<TRequest, TItem>(string command, Func<TRequest, IEnumerable<TItem>> stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return OnStream(command, (TRequest request, CancellationToken token) => OneByOneAsync(stream(request), token));
    }

    /// <summary>Says what a command yields in time. Of two answers to one command the later counts.</summary>
    /// <typeparam name="TRequest">The generated request record; <see cref="ValueTuple"/> for a command without parameters.</typeparam>
    /// <typeparam name="TItem">What an item is.</typeparam>
    /// <param name="command">The command's name in Python.</param>
    /// <param name="stream">Makes the items of one enumeration; it is given the token of the call.</param>
    /// <returns>This fake.</returns>
    public FakeInvoker OnStream<TRequest, TItem>(string command, Func<TRequest, CancellationToken, IAsyncEnumerable<TItem>> stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(stream);
        lock (_lock)
        {
            _answers[command] = stream;
        }

        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no stream for the command, or one of other types: thrown by its enumeration.</exception>
    public IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(
        PythonCommand<TRequest, TItem> command, TRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return EnumerateAsync(command, request, options, cancellationToken);
    }

    private static async IAsyncEnumerable<TItem> OneByOneAsync<TItem>(
        IEnumerable<TItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private async IAsyncEnumerable<TItem> EnumerateAsync<TRequest, TItem>(
        PythonCommand<TRequest, TItem> command, TRequest request, CallOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = Take(new FakeCall(command.Name, request, Written(command, request), options));
        var make = answer as Func<TRequest, CancellationToken, IAsyncEnumerable<TItem>>
            ?? throw NoAnswer<TRequest>(command.Name, answer, "OnStream", "stream", $"several {Shown(typeof(TItem))}");
        await foreach (var item in make(request, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
