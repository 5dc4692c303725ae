using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TypedPool.Telemetry;

namespace TypedPool.Workers;

/// <summary>Brings workers from nothing to ready: process, prologue, handshake, contract, ping, within one clock.</summary>
/// <param name="launcher">Starts the processes.</param>
/// <param name="settings">What workers of the pool share.</param>
internal sealed class WorkerStarter(IWorkerLauncher launcher, WorkerSettings settings)
{
    private const int TokenBytes = 16;

    private int _lastNumber;

    /// <summary>Starts a worker.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A worker that is ready, and the contract that it keeps.</returns>
    /// <exception cref="WorkerStartException">It did not become ready; nothing of it is left.</exception>
    /// <exception cref="SchemaMismatchException">It has another contract than is allowed; nothing of it is left.</exception>
    internal async Task<(Worker Worker, string? Contract)> StartAsync(CancellationToken cancellationToken)
    {
        var id = $"{settings.PoolName}/{Interlocked.Increment(ref _lastNumber)}";
        var (worker, contract) = await StartAsync(id, cancellationToken).ConfigureAwait(false);
        settings.Logger.WorkerReady(id, worker.ProcessId);
        return (worker, contract);
    }

    /// <summary>Starts a worker, or another process of the bridge that speaks as one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A worker that is ready, and the contract that it keeps.</returns>
    /// <exception cref="WorkerStartException">It did not become ready; nothing of it is left.</exception>
    /// <exception cref="SchemaMismatchException">It has another contract than is allowed; nothing of it is left.</exception>
    internal async Task<(Worker Worker, string? Contract)> StartAsync(string id, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        using var timeout = new CancellationTokenSource(settings.StartTimeout, settings.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var process = await LaunchAsync(id, token, cancellationToken).ConfigureAwait(false);
        var worker = new Worker(id, process, settings);
        try
        {
            string? contract;
            await using (either.Token.UnsafeRegister(static it => ((Worker)it!).Condemn(CondemnReason.StartTimeout), worker).ConfigureAwait(false))
            {
                contract = await MakeReadyAsync(worker, token).ConfigureAwait(false);
            }

            if (!worker.IsUsable)
            {
                throw new ChannelClosedException(requestId: 0, requestWasSent: false, cause: null);
            }

            return (worker, contract);
        }
        catch (Exception exception)
        {
            var reason = worker.Reason;
            if (reason == CondemnReason.Died)
            {
                // It has closed its channel: the exit code to tell is its own, and it is killed soon if it does not exit.
                await worker.Ended.ConfigureAwait(false);
            }

            await worker.StopAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var cause = exception is ChannelClosedException { InnerException: ProtocolException fault } ? fault : exception;
            var told = cause is ChannelClosedException or ProtocolException ? Failure(worker, reason, cause) : cause;
            throw told is PythonPoolException failure ? WithContext(failure, id) : told;
        }
    }

    private async Task<IWorkerProcess> LaunchAsync(string id, string token, CancellationToken cancellationToken)
    {
        try
        {
            return await launcher.LaunchAsync(token, cancellationToken).ConfigureAwait(false);
        }
        catch (PythonPoolException failure)
        {
            WithContext(failure, id);
            throw;
        }
    }

    private async Task<string?> MakeReadyAsync(Worker worker, string token)
    {
        var skipped = await worker.Connection.OpenAsync(token).ConfigureAwait(false);
        if (skipped.Length > 0)
        {
            settings.Logger.PrintedBeforePrologue(worker.Id, skipped.Length, Encoding.UTF8.GetString(skipped));
        }

        var answer = await Handshake.InitializeAsync(worker.Connection, worker.Id, settings).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            throw new WorkerStartException(
                $"The worker could not load its commands: {error.Type}: {error.Message}\n{error.Text("traceback")}".TrimEnd())
            {
                Traceback = error.Text("traceback"),
                StandardError = worker.StandardErrorTail,
            };
        }

        var protocol = answer.Result.ValueKind == JsonValueKind.Object
            && answer.Result.TryGetProperty("protocol"u8, out var version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number) ? number : 0;
        if (protocol != Handshake.ProtocolVersion)
        {
            throw new ProtocolException(
                $"The worker speaks version {protocol} of the protocol, this host version {Handshake.ProtocolVersion}.");
        }

        var contract = answer.Result.TryGetProperty("contract"u8, out var hash) && hash.ValueKind == JsonValueKind.String ? hash.GetString() : null;
        contract = await ContractCheck.PassAsync(worker, contract, settings).ConfigureAwait(false);
        HostCheck.Pass(answer.Result, settings.Hosts);
        worker.Observe(WorkerCapabilities.Of(answer.Result));
        await Handshake.PingAsync(worker.Connection).ConfigureAwait(false);
        return contract;
    }

    private WorkerStartException Failure(Worker worker, CondemnReason reason, Exception cause)
    {
        var printed = WorkerLoss.Printed(worker.StandardErrorTail);
        var fault = cause as ProtocolException ?? cause.InnerException as ProtocolException;
        var why = reason switch
        {
            CondemnReason.StartTimeout =>
                $"The worker was not ready within StartTimeout ({settings.StartTimeout}) and was killed. "
                + "Set StartTimeout if the module takes longer to import.",
            _ when fault is not null => fault.Message,
            _ => $"The worker ended before it was ready ({WorkerLoss.ExitStatus(worker)}).",
        };
        return new WorkerStartException(why + printed, fault) { StandardError = worker.StandardErrorTail };
    }

    private PythonPoolException WithContext(PythonPoolException exception, string workerId)
    {
        exception.PoolName = settings.PoolName;
        exception.WorkerId = workerId;
        return exception;
    }
}
