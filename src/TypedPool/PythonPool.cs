using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TypedPool.Pool;
using TypedPool.Serialization;
using TypedPool.Telemetry;
using TypedPool.Wire;
using TypedPool.Workers;
using TypedPool.Workers.Processes;

namespace TypedPool;

/// <summary>
/// A pool of Python processes that run commands, each process one call at a time. Every call ends in exactly one of its
/// result, its error, or its cancellation. All members may be used from any thread.
/// </summary>
public sealed class PythonPool : IPythonInvoker, IAsyncDisposable
{
    /// <summary>A request buffer that has grown beyond this is not kept.</summary>
    private const int LargestKeptBuffer = 1024 * 1024;

    private readonly PythonPoolOptions _options;
    private readonly ILogger _logger;
    private readonly ProcessLauncher _launcher;
    private readonly CheckoutQueue<Worker> _queue;
    private readonly WorkerSupervisor _supervisor;
    private readonly ConcurrentBag<RequestBuffer> _buffers = [];
    private readonly RunningCalls _running = new();
    private readonly Lock _gate = new();

    /// <summary>The stop, once it has begun. Guarded by the gate.</summary>
    private Task? _stop;

    private PythonPool(PythonPoolOptions options, PythonExecutable python)
    {
        _options = options;
        Name = options.Name ?? options.Module;
        _logger = options.LoggerFactory.CreateLogger("TypedPool.Pool");
        _queue = new CheckoutQueue<Worker>(options.TimeProvider);
        var settings = new WorkerSettings(
            Name,
            options.Contract,
            options.MaxMessageBytes,
            options.StartTimeout,
            options.TimeProvider,
            _logger,
            options.LoggerFactory.CreateLogger("TypedPool.Worker"));
        _launcher = new ProcessLauncher(python, options);
        var starter = new WorkerStarter(_launcher, settings);
        _supervisor = new WorkerSupervisor(Name, options.Size, starter, _queue, options.TimeProvider, _logger);
    }

    /// <summary>The pool's name in logs and exceptions.</summary>
    public string Name { get; }

    /// <summary>The contract that the workers reported.</summary>
    public string? Contract => _supervisor.Contract;

    /// <summary>Starts a pool: finds Python, starts all workers side by side, and proves each by a handshake and a ping.</summary>
    /// <param name="options">How the pool is made.</param>
    /// <param name="cancellationToken">Gives up the start; nothing of it is left then.</param>
    /// <returns>The pool, all its workers ready.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="WorkerStartException">No usable Python, or a worker did not start.</exception>
    /// <exception cref="SchemaMismatchException">Python has other commands than C# was generated from.</exception>
    public static async Task<PythonPool> StartAsync(PythonPoolOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options.Clone();
        PythonPoolOptionsValidation.Validate(options);
        var python = await new PythonFinder(options, Environment.GetEnvironmentVariable).FindAsync(cancellationToken).ConfigureAwait(false);
        var pool = new PythonPool(options, python);
        try
        {
            await pool._supervisor.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            pool._launcher.Dispose();
            throw;
        }

        pool._logger.PoolStarted(pool.Name, options.Size, python.Version.ToString(), python.Path);
        return pool;
    }

    /// <inheritdoc />
    public async Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command,
        TRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (options is not null)
        {
            PythonPoolOptionsValidation.Validate(options);
        }

        if (!_running.TryEnter())
        {
            throw Described(Unavailable(), command.Name, options, worker: null);
        }

        var buffer = _buffers.TryTake(out var kept) ? kept : new RequestBuffer();
        try
        {
            Write(buffer, command, request, options);
            return await RunAsync(buffer, command, options, cancellationToken).ConfigureAwait(false);
        }
        catch (PythonPoolException exception)
        {
            throw Described(exception, command.Name, options, worker: null);
        }
        finally
        {
            GiveBack(buffer);
            _running.Leave();
        }
    }

    /// <summary>
    /// Stops the pool: refuses new calls, lets running ones end for <see cref="PythonPoolOptions.ShutdownTimeout"/>,
    /// asks the workers to leave, kills those that stay, and returns when no process is left. May be called again, and
    /// while the pool is stopping.
    /// </summary>
    /// <param name="cancellationToken">Ends the patience with running calls and leaving workers: they are killed at once.</param>
    /// <returns>Completes when nothing of the pool is left.</returns>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return _stop ??= StopOnceAsync(cancellationToken);
        }
    }

    /// <summary>Stops the pool as <see cref="StopAsync"/> does.</summary>
    /// <returns>Completes when nothing of the pool is left.</returns>
    public ValueTask DisposeAsync() => new(StopAsync());

    private void Write<TRequest, TResult>(
        RequestBuffer buffer, PythonCommand<TRequest, TResult> command, TRequest request, CallOptions? options)
    {
        var writer = buffer.Begin(command.EncodedName);
        try
        {
            command.WriteParams(writer, request);
        }
        catch (JsonMismatchException mismatch)
        {
            var written = buffer.Params;
            throw CallErrors.Unwritable(mismatch, JsonPointer.At(written, written.Length));
        }

        catch (InvalidOperationException tooDeep)
        {
            throw new InvalidArgumentsException(
                $"The arguments cannot be written: {tooDeep.Message} Values may nest {Json.MaxDepth} levels deep.", tooDeep);
        }

        buffer.End(options?.Session);
        if (buffer.BodyBytes > _options.MaxMessageBytes - RequestBuffer.TailBytes)
        {
            throw new InvalidArgumentsException(
                $"The request is {buffer.BodyBytes} bytes, and MaxMessageBytes is {_options.MaxMessageBytes}. "
                + "Send less, or set MaxMessageBytes.");
        }
    }

    private async ValueTask<TResult> RunAsync<TRequest, TResult>(
        RequestBuffer buffer, PythonCommand<TRequest, TResult> command, CallOptions? options, CancellationToken cancellationToken)
    {
        var limits = new CallLimits(_options, options);
        Attempts? attempts = null;
        while (true)
        {
            var worker = await CheckoutAsync(limits, attempts?.LastCrash, cancellationToken).ConfigureAwait(false);
            try
            {
                var limit = limits.Command;
                if (limit.Time == TimeSpan.Zero)
                {
                    throw CallErrors.TooLate(attempts?.LastCrash);
                }

                var outcome = await worker.CallAsync(buffer, limit, command.ReadResult, cancellationToken).ConfigureAwait(false);
                return outcome.Error is { } error ? throw CallErrors.From(error, command.Errors)
                    : outcome.Mismatch is { } mismatch ? throw CallErrors.Mismatch(mismatch, outcome.MismatchPath)
                    : outcome.Result;
            }
            catch (WorkerCrashedException lost)
            {
                attempts ??= new Attempts(command.IsIdempotent ? options?.IdempotentRetries ?? _options.IdempotentRetries : 0);
                if (attempts.EndAfter(Described(lost, command.Name, options, worker.Id)) is { } end)
                {
                    throw Described(end, command.Name, options, worker.Id);
                }
            }
            catch (PythonPoolException exception)
            {
                throw Described(exception, command.Name, options, worker.Id);
            }
            finally
            {
                Return(worker);
            }
        }
    }

    private void Return(Worker worker)
    {
        if (!worker.IsUsable)
        {
            return;
        }

        _queue.Return(worker);
        if (!worker.IsUsable)
        {
            // It died just now, perhaps before it was back and so before it could be removed.
            _queue.Remove(worker);
        }
    }

    private async ValueTask<Worker> CheckoutAsync(CallLimits limits, WorkerCrashedException? crash, CancellationToken cancellationToken)
    {
        var limit = limits.Checkout;
        if (limit.Time == TimeSpan.Zero)
        {
            throw CallErrors.TooLate(crash);
        }

        try
        {
            return await _queue.TakeAsync(limit.Time, () => NoWorker(limit, crash), cancellationToken).ConfigureAwait(false);
        }
        catch (PythonPoolException refused) when (crash is not null && refused is not CheckoutTimeoutException)
        {
            // What has become of the call is the crash: that it may have run must not be hidden by why it does not run again.
            throw crash;
        }
    }

    private CheckoutTimeoutException NoWorker(TimeLimit limit, WorkerCrashedException? crash)
    {
        var running = _supervisor.Count;
        var failure = _supervisor.LastStartFailure;
        return new CheckoutTimeoutException(
            $"No worker came free within {limit}: {running} of {_options.Size} workers run, {_queue.Free} are free, "
            + $"{_queue.Waiting} callers wait. {limit.Advice}, set Size, or make the commands shorter."
            + (failure is null ? "" : $" The last start of a worker failed: {failure.Message}")
            + (crash is null ? "" : $" The command was to be run again: {crash.Message}"),
            crash ?? failure)
        {
            Timeout = limit.Time,
        };
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        var time = _options.TimeProvider;
        var began = time.GetTimestamp();
        var calls = _running.Close();
        _queue.Close(Unavailable);
        try
        {
            await calls.WaitAsync(_options.ShutdownTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // They had their time.
        }

        var left = _options.ShutdownTimeout == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan
            : _options.ShutdownTimeout - time.GetElapsedTime(began) is { } rest && rest > TimeSpan.Zero ? rest
            : TimeSpan.Zero;
        await _supervisor.StopAsync(left, cancellationToken).ConfigureAwait(false);
        await calls.ConfigureAwait(false);
        _launcher.Dispose();
        while (_buffers.TryTake(out var buffer))
        {
            buffer.Dispose();
        }

        _logger.PoolStopped(Name);
    }

    private PoolUnavailableException Unavailable() => new($"Pool {Name} is stopping or stopped, and takes no calls.") { PoolName = Name };

    private T Described<T>(T exception, string command, CallOptions? options, string? worker)
        where T : PythonPoolException
    {
        exception.PoolName ??= Name;
        exception.WorkerId ??= worker;
        exception.Session ??= options?.Session;
        exception.Command ??= command;
        return exception;
    }

    private void GiveBack(RequestBuffer buffer)
    {
        if (buffer.Capacity <= LargestKeptBuffer)
        {
            _buffers.Add(buffer);
        }
        else
        {
            buffer.Dispose();
        }
    }
}
