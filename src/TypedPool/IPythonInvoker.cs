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
}
