using TypedPool.Pool;
using TypedPool.Workers;

namespace TypedPool;

/// <content>Calls of commands that call functions of the host, and calls that come from there.</content>
public sealed partial class PythonPool
{
    private HostedCall Hosted(
        Worker worker, TimeLimit limit, string command, CallOptions? options, IMessageListener? listener, CancellationToken cancellationToken)
    {
        var call = new HostCall
        {
            Command = command,
            Session = options?.Session,
            Deadline = limit.Time == Timeout.InfiniteTimeSpan ? null : _options.TimeProvider.GetUtcNow() + limit.Time,
            PoolName = Name,
            WorkerId = worker.Id,
        };
        return new HostedCall(_hosts!, worker, call, _hostChain, listener, _options, cancellationToken);
    }

    /// <summary>Waits for a worker in a host function, whose own call holds one.</summary>
    private async ValueTask<Slot<PooledWorker>> WaitInsideAsync(TimeLimit limit, WorkerCrashedException? crash, CancellationToken cancellationToken)
    {
        var places = (_supervisor.Size + _options.Overflow) * _options.CallsPerWorker;
        if (!_hostChain.TryBeginWait(places))
        {
            throw crash ?? (Exception)new PoolUnavailableException(
                $"The call comes from a host function, and no worker will ever come free for it: all {places} places (Size {_supervisor.Size}, "
                + $"Overflow {_options.Overflow}, CallsPerWorker {_options.CallsPerWorker}) are held by calls whose host functions wait for this pool. "
                + "Set Size or Overflow higher, let fewer such calls run at once, or call another pool.");
        }

        try
        {
            return await _supervisor.Checkout.TakeAsync(limit.Time, _ => NoWorker(limit, crash), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _hostChain.EndWait();
        }
    }
}
