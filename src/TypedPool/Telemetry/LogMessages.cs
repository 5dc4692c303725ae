using Microsoft.Extensions.Logging;

namespace TypedPool.Telemetry;

/// <summary>Every line that a pool logs. Arguments and results of calls are never among them.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "Pool {Pool} runs {Size} workers on Python {Version} ({Python}).")]
    internal static partial void PoolStarted(this ILogger logger, string pool, int size, string version, string python);

    [LoggerMessage(2, LogLevel.Information, "Pool {Pool} has stopped.")]
    internal static partial void PoolStopped(this ILogger logger, string pool);

    [LoggerMessage(3, LogLevel.Debug, "Worker {Worker} (process {ProcessId}) is ready.")]
    internal static partial void WorkerReady(this ILogger logger, string worker, int processId);

    [LoggerMessage(4, LogLevel.Warning, "Worker {Worker} printed {Bytes} bytes before it opened its channel: {Text}")]
    internal static partial void PrintedBeforePrologue(this ILogger logger, string worker, int bytes, string text);

    [LoggerMessage(5, LogLevel.Information, "Worker {Worker} left with exit code {ExitCode}.")]
    internal static partial void WorkerLeft(this ILogger logger, string worker, int? exitCode);

    [LoggerMessage(6, LogLevel.Warning, "Worker {Worker} is lost ({Reason}, exit code {ExitCode}); it will be replaced.")]
    internal static partial void WorkerLost(this ILogger logger, string worker, string reason, int? exitCode);

    [LoggerMessage(7, LogLevel.Error, "A worker of pool {Pool} could not be started ({Failures} in a row); trying again in {Delay}.")]
    internal static partial void StartFailed(this ILogger logger, Exception exception, string pool, int failures, TimeSpan delay);

    [LoggerMessage(8, LogLevel.Error, "Worker {Worker} broke the protocol and is killed: {Reason}")]
    internal static partial void ProtocolBroken(this ILogger logger, string worker, string reason);

    [LoggerMessage(9, LogLevel.Error, "The supervision of pool {Pool} failed; it goes on.")]
    internal static partial void SupervisionFailed(this ILogger logger, Exception exception, string pool);

    [LoggerMessage(11, LogLevel.Information, "Worker {Worker} is due ({Reason}): a new one is started, then it leaves.")]
    internal static partial void WorkerRecycled(this ILogger logger, string worker, string reason);

    [LoggerMessage(13, LogLevel.Warning, "Worker {Worker} has not answered a ping within HealthTimeout ({Timeout}): it is used last, and not killed.")]
    internal static partial void PingMissed(this ILogger logger, string worker, TimeSpan timeout);

    [LoggerMessage(14, LogLevel.Information, "Worker {Worker} has answered its ping after {Time}.")]
    internal static partial void PingAnsweredLate(this ILogger logger, string worker, TimeSpan time);

    [LoggerMessage(15, LogLevel.Warning, "{Count} lines and log records of worker {Worker} are left out: they came faster than they were logged.")]
    internal static partial void OutputDropped(this ILogger logger, string worker, long count);

    [LoggerMessage(12, LogLevel.Information, "Worker {Worker} has contract {Actual}, which is compatible with {Expected}: {Differences}")]
    internal static partial void CompatibleContract(this ILogger logger, string worker, string actual, string expected, string differences);

    [LoggerMessage(17, LogLevel.Warning, "A call of {Command} in pool {Pool} has ended, and the stream that was its argument {Parameter} runs on: it ignores its token.")]
    internal static partial void StreamRunsOn(this ILogger logger, string command, string pool, string parameter);

    [LoggerMessage(18, LogLevel.Warning, "Pool {Pool} spawns its workers and does not fork them: {Reason}.")]
    internal static partial void ForkingRefused(this ILogger logger, string pool, string reason);

    [LoggerMessage(19, LogLevel.Warning, "The fork server of pool {Pool} is lost (process {ProcessId}, {Status}); the next start makes a new one. How its workers will end is not known.")]
    internal static partial void ForkServerLost(this ILogger logger, string pool, int processId, string status);

    [LoggerMessage(20, LogLevel.Warning, "A worker of pool {Pool} is spawned and not forked: {Reason}.")]
    internal static partial void WorkerSpawned(this ILogger logger, string pool, string reason);

    [LoggerMessage(21, LogLevel.Debug, "Workers of pool {Pool} are forked from process {ProcessId}.")]
    internal static partial void ForkServerReady(this ILogger logger, string pool, int processId);

    [LoggerMessage(30, LogLevel.Debug, "A call of {Command} in pool {Pool} failed: {Error} (worker {Worker}, session {Session}).")]
    internal static partial void CallFailed(this ILogger logger, string pool, string command, string error, string? worker, string? session);
}
