using System.Diagnostics.CodeAnalysis;
using TypedPool.Telemetry;

namespace TypedPool.Workers.Processes;

/// <summary>
/// Has workers forked from a server that imports the module once, and spawns them where that cannot be had, and says why.
/// There is one server at a time, which is started when the first worker is; and a new one when the last is lost, or the
/// code is to be new. Those from before live until their last worker has ended.
/// </summary>
/// <param name="processes">Starts the server, and spawns workers.</param>
/// <param name="settings">What workers of the pool share.</param>
/// <param name="isLinux">Whether this is Linux; tests say otherwise.</param>
internal sealed class ForkLauncher(ProcessLauncher processes, WorkerSettings settings, bool isLinux) : IWorkerLauncher, IAsyncDisposable
{
    /// <summary>A server that is lost before it has forked is replaced once: whatever it is that ends them, the worker is wanted now.</summary>
    private const int MostServers = 2;

    /// <summary>Waits for the end of workers, also where their channels are .NET's own streams; null where nothing is forked.</summary>
    private readonly Poller? _exits = isLinux ? processes.Poller ?? new Poller() : null;

    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _gate = new();

    /// <summary>All servers that run, or are being started. Guarded by the gate, as what follows.</summary>
    private readonly List<Task<ForkServer>> _servers = [];

    private Task<ForkServer>? _current;

    /// <summary>Why nothing is forked, as far as the present code is concerned.</summary>
    private string? _refusal;

    /// <inheritdoc />
    public async Task<IWorkerProcess> LaunchAsync(string token, CancellationToken cancellationToken)
    {
        if (_exits is null)
        {
            Refuse(current: null, "it needs Linux");
        }

        for (var attempt = 0; attempt < MostServers && TryGetCurrent(_exits, out var starting); attempt++)
        {
            var server = await starting.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!server.TryEnter())
            {
                continue;
            }

            try
            {
                return await server.ForkAsync(token, cancellationToken).ConfigureAwait(false);
            }
            catch (ForkRefusedException refused)
            {
                Refuse(starting, refused.Message);
            }
            catch (ChannelClosedException)
            {
                // Its loss is told where it is noticed.
            }
        }

        lock (_gate)
        {
            if (_refusal is null)
            {
                settings.Logger.WorkerSpawned(settings.PoolName, "its fork server was lost when it was asked for it");
            }
        }

        return await processes.LaunchAsync(token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Workers are to have the code, and the state, that the module has when it is imported from now on.</summary>
    internal void Renew()
    {
        lock (_gate)
        {
            RetireCurrent();
            _refusal = null;
        }
    }

    /// <summary>Ends the servers. The workers have ended.</summary>
    /// <returns>Completes when nothing is left of any.</returns>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        List<Task<ForkServer>> servers;
        lock (_gate)
        {
            servers = [.. _servers];
        }

        await Task.WhenAll(servers.Select(StopAsync)).ConfigureAwait(false);
        if (_exits != processes.Poller)
        {
            _exits?.Dispose();
        }

        _disposing.Dispose();
    }

    private static async Task StopAsync(Task<ForkServer> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
        {
            var server = await starting.ConfigureAwait(false);
            await server.StopAsync().ConfigureAwait(false);
        }
    }

    private static async Task RetireAsync(Task<ForkServer> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
        {
            (await starting.ConfigureAwait(false)).Retire();
        }
    }

    /// <summary>The server to ask, which is started where there is none.</summary>
    /// <returns>False where nothing is to be forked.</returns>
    private bool TryGetCurrent(Poller? exits, [NotNullWhen(true)] out Task<ForkServer>? starting)
    {
        lock (_gate)
        {
            if (_refusal is not null || exits is null)
            {
                starting = null;
                return false;
            }

            if (_current is null or { IsFaulted: true } or { IsCanceled: true } || (_current.IsCompletedSuccessfully && !_current.GetAwaiter().GetResult().IsUsable))
            {
                RetireCurrent();
                _current = Task.Run(() => StartAsync(exits), CancellationToken.None);
                _servers.Add(_current);
                _ = WatchAsync(_current);
            }

            starting = _current;
            return true;
        }
    }

    private async Task<ForkServer> StartAsync(Poller exits)
    {
        var starter = new WorkerStarter(new ServerLauncher(processes), settings with { Prefetch = false });
        var (worker, _) = await starter.StartAsync($"{settings.PoolName}/fork-server", _disposing.Token).ConfigureAwait(false);
        settings.Logger.ForkServerReady(settings.PoolName, worker.ProcessId);
        return new ForkServer(worker, settings, exits, processes.Poller);
    }

    /// <summary>Follows a server from its start to its end.</summary>
    private async Task WatchAsync(Task<ForkServer> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
        {
            var server = await starting.ConfigureAwait(false);
            await server.Ended.ConfigureAwait(false);
            if (!server.WasStopped)
            {
                settings.Logger.ForkServerLost(settings.PoolName, server.ProcessId, server.ExitStatus);
            }
        }

        lock (_gate)
        {
            _servers.Remove(starting);
        }
    }

    private void Refuse(Task<ForkServer>? current, string why)
    {
        lock (_gate)
        {
            // Of those who are refused together the first one tells.
            if (_current != current || _refusal is not null)
            {
                return;
            }

            _refusal = why;
            RetireCurrent();
        }

        settings.Logger.ForkingRefused(settings.PoolName, why);
    }

    /// <summary>Under the gate.</summary>
    private void RetireCurrent()
    {
        if (_current is { } retired)
        {
            _ = RetireAsync(retired);
        }

        _current = null;
    }

    private sealed class ServerLauncher(ProcessLauncher processes) : IWorkerLauncher
    {
        public Task<IWorkerProcess> LaunchAsync(string token, CancellationToken cancellationToken) =>
            processes.LaunchAsync("fork-server", token, cancellationToken);
    }
}
