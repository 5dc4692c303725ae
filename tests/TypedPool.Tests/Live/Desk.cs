using TypedPool.Tests.Live.Hosts;

namespace TypedPool.Tests.Live;

/// <summary>A desk that answers as a test says, and tells what it was asked.</summary>
internal sealed class Desk : IDesk
{
    internal Func<string, HostCall, CancellationToken, Task<string>> Answer { get; set; } = (question, _, _) => Task.FromResult(question);

    internal TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal bool WasTold { get; private set; }

    internal IReadOnlyList<double> Weights { get; private set; } = [];

    internal void WaitForCancellation() => Answer = async (_, _, cancellationToken) =>
    {
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return "";
        }
        finally
        {
            Cancelled.SetResult();
        }
    };

    public Task<string> AskAsync(string question, HostCall call, CancellationToken cancellationToken)
    {
        Asked.TrySetResult();
        return Answer(question, call, cancellationToken);
    }

    public Task<string> AskLaterAsync(string question, HostCall call, CancellationToken cancellationToken) => AskAsync(question, call, cancellationToken);

    public Task TellAsync(HostCall call, CancellationToken cancellationToken)
    {
        WasTold = true;
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> KeepAsync(ValueBytes data, ValueList<double> weights, HostCall call, CancellationToken cancellationToken)
    {
        Weights = weights;
        return Task.FromResult<ReadOnlyMemory<byte>>(data.ToArray().Reverse().ToArray());
    }

    public Task<IReadOnlyDictionary<string, long>> FactsAsync(HostCall call, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long> { ["three"] = 3 });
}
