namespace TypedPool.Telemetry;

/// <summary>The attributes of measurements and activities. Those without a <c>typedpool</c> are OpenTelemetry's own.</summary>
internal static class AttributeNames
{
    internal const string RpcSystem = "rpc.system";
    internal const string RpcMethod = "rpc.method";
    internal const string ErrorType = "error.type";
    internal const string SessionId = "session.id";
    internal const string Pool = "typedpool.pool";
    internal const string WorkerId = "typedpool.worker.id";
    internal const string WorkerState = "typedpool.worker.state";
    internal const string LossReason = "typedpool.worker.loss.reason";
    internal const string RecycleReason = "typedpool.worker.recycle.reason";
}
