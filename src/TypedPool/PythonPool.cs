using TypedPool.Serialization;

namespace TypedPool;

/// <summary>A pool of Python processes that run commands.</summary>
public sealed class PythonPool : IPythonInvoker, IAsyncDisposable
{
    /// <inheritdoc />
    public string? Contract => null;

    /// <summary>Starts a pool.</summary>
    /// <param name="options">How the pool is made.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>The pool, all its workers ready.</returns>
    public static Task<PythonPool> StartAsync(PythonPoolOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc />
    public Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command,
        TRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
