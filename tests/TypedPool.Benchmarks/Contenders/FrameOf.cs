using TypedPool.Benchmarks.Generated;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Benchmarks.Contenders;

/// <summary>Catches the bytes that a pool would write to its worker for a call of the generated client.</summary>
internal sealed class FrameOf : IPythonInvoker
{
    private byte[] _frame = [];

    public string? Contract => null;

    /// <summary>The frame of a call of the command "echo".</summary>
    /// <param name="text">Its argument.</param>
    /// <returns>The frame.</returns>
    internal static byte[] Echo(string text)
    {
        var invoker = new FrameOf();
        _ = new PythonCommands(invoker).EchoAsync(text);
        return invoker._frame;
    }

    public Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command, TRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var buffer = new RequestBuffer();
        command.WriteParams(buffer.Begin(command.EncodedName), request);
        buffer.End(session: null);
        buffer.Complete(id: 10_000, new PythonPoolOptions().CommandTimeout);
        _frame = buffer.Frame.ToArray();
        return Task.FromResult<TResult>(default!);
    }
}
