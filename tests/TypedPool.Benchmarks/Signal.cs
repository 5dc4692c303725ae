namespace TypedPool.Benchmarks;

/// <summary>Tells that a command has begun.</summary>
/// <param name="begun">Completes with its first report.</param>
internal sealed class Signal(TaskCompletionSource begun) : IProgress<CommandProgress>
{
    public void Report(CommandProgress value) => begun.TrySetResult();
}
