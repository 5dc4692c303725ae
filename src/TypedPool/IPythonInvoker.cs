using TypedPool.Serialization;

namespace TypedPool;

/// <summary>Runs commands. Generated code calls it; <see cref="PythonPool"/> implements it, and so may a fake in a test.</summary>
public interface IPythonInvoker
{
    /// <summary>The contract of the Python side, or null where it is not known.</summary>
    string? Contract { get; }

    /// <summary>Runs a command once and returns its result.</summary>
    /// <typeparam name="TRequest">The arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="command">The command.</param>
    /// <param name="request">Its arguments.</param>
    /// <param name="options">What is particular to this call, or null.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="PythonPoolException">The call failed; the subclasses say how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command,
        TRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// A stream of what a command yields. Each enumeration runs the command once: it begins with the first item that is
    /// asked for, Python stays a limited number of items ahead, and it has ended when the enumerator has been disposed, as
    /// <c>await foreach</c> does. Until then it occupies its worker.
    /// </summary>
    /// <typeparam name="TRequest">The arguments.</typeparam>
    /// <typeparam name="TItem">An item of the result.</typeparam>
    /// <param name="command">The command; its <see cref="PythonCommand{TRequest, TResult}.ReadResult"/> reads one item.</param>
    /// <param name="request">Its arguments.</param>
    /// <param name="options">What is particular to this call, or null.</param>
    /// <param name="cancellationToken">Gives up the call, as the token of the enumeration does.</param>
    /// <returns>
    /// The items. What fails is thrown where the item would be that could not come: a <see cref="PythonPoolException"/>, or
    /// <see cref="OperationCanceledException"/>.
    /// </returns>
    /// <exception cref="NotSupportedException">This invoker runs no streams: what it does unless it says otherwise.</exception>
    IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(
        PythonCommand<TRequest, TItem> command,
        TRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException($"{GetType()} runs no streams.");
}
