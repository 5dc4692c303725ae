using System.Diagnostics;
using TypedPool.Serialization;

namespace TypedPool.Benchmarks.Promises;

/// <summary>How long the things take that are promised to be done within a time.</summary>
internal static class PromiseFigures
{
    private const int Trials = 200;
    private const int WarmUps = 3;

    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    /// <summary>Measures them all.</summary>
    /// <returns>The times.</returns>
    internal static async Task<IReadOnlyList<PromisedTime>> MeasureAsync() =>
    [
        await OfAsync("from the kill of a worker to the end of its call", 100, DeathAsync),
        await OfAsync("from CheckoutTimeout to the end of a call for which no worker came free", 100, CheckoutTimeoutAsync),
        await OfAsync("from a cancellation to the end of a call whose command sleeps; it has 50 ms to end by itself", 150, () => CancelAsync(PromisePools.Hold)),
        await OfAsync("from the end of both graces to the end of a call whose command refuses to end", 100, RefusedCancelAsync),
        await OfAsync("from CommandTimeout to the end of a call with the stacks of its command, which is in C code and holds the interpreter lock", 500, CommandTimeoutAsync),
        await OfAsync("from a call that finds all workers busy to the start of one above Size", 100, OverflowAsync),
        await OfAsync("from StopAsync to its end, with 4 workers that do nothing", 1000, StopAsync),
        await OfAsync("from `kill -9` of a host to the end of its 4 workers, one of which holds the interpreter lock in C code", 2000, HostToKill.KillAsync),
    ];

    private static async Task<PromisedTime> OfAsync(string what, double aim, Func<Task<double>> trial)
    {
        Console.WriteLine($"… {what}");
        for (var i = 0; i < WarmUps; i++)
        {
            await trial();
        }

        var measured = new List<double>(Trials);
        for (var i = 0; i < Trials; i++)
        {
            measured.Add(await trial());
        }

        return new PromisedTime(what, aim, measured);
    }

    private static async Task<double> DeathAsync()
    {
        await using var pool = await PromisePools.StartAsync(1);
        var call = await BeginAsync(pool, PromisePools.Hold);
        var worker = Process.GetProcessById(pool.GetStatus().Workers[0].ProcessId!.Value);
        var from = Clock.GetTimestamp();
        worker.Kill();
        await EndAsync<WorkerCrashedException>(call);
        return Since(from);
    }

    private static async Task<double> CheckoutTimeoutAsync()
    {
        await using var pool = await PromisePools.StartAsync(1);
        using var cancellation = new CancellationTokenSource();
        var first = await BeginAsync(pool, PromisePools.Hold, new CallOptions { CancelGrace = TimeSpan.Zero, InterruptGrace = TimeSpan.Zero }, cancellation.Token);
        var from = Clock.GetTimestamp();
        await EndAsync<CheckoutTimeoutException>(pool.InvokeAsync(PromisePools.Hold, default, new CallOptions { CheckoutTimeout = Limit }));
        var time = Since(from) - Limit.TotalMilliseconds;
        await cancellation.CancelAsync();
        await EndAsync<OperationCanceledException>(first);
        return time;
    }

    private static async Task<double> CancelAsync(PythonCommand<NoResult, NoResult> command)
    {
        await using var pool = await PromisePools.StartAsync(1);
        using var cancellation = new CancellationTokenSource();
        var call = await BeginAsync(pool, command, new CallOptions { CancelGrace = Limit, InterruptGrace = Limit }, cancellation.Token);
        var from = Clock.GetTimestamp();
        await cancellation.CancelAsync();
        await EndAsync<OperationCanceledException>(call);
        return Since(from);
    }

    private static async Task<double> RefusedCancelAsync() => await CancelAsync(PromisePools.RefuseToEnd) - (2 * Limit.TotalMilliseconds);

    private static async Task<double> CommandTimeoutAsync()
    {
        await using var pool = await PromisePools.StartAsync(1);
        var from = Clock.GetTimestamp();
        await EndAsync<CommandTimeoutException>(pool.InvokeAsync(PromisePools.HoldTheLock, default, new CallOptions { CommandTimeout = Limit }));
        return Since(from) - Limit.TotalMilliseconds;
    }

    private static async Task<double> OverflowAsync()
    {
        await using var pool = await PromisePools.StartAsync(1, overflow: 1);
        using var cancellation = new CancellationTokenSource();
        var options = new CallOptions { CancelGrace = TimeSpan.Zero, InterruptGrace = TimeSpan.Zero };
        var first = await BeginAsync(pool, PromisePools.Hold, options, cancellation.Token);
        var from = Clock.GetTimestamp();
        var second = pool.InvokeAsync(PromisePools.Hold, default, options, cancellation.Token);
        while (pool.GetStatus().Workers.Count < 2)
        {
            await Task.Delay(Look, Clock);
        }

        var time = Since(from);
        await cancellation.CancelAsync();
        await EndAsync<OperationCanceledException>(first);
        await EndAsync<OperationCanceledException>(second);
        return time;
    }

    private static async Task<double> StopAsync()
    {
        var pool = await PromisePools.StartAsync(4);
        var from = Clock.GetTimestamp();
        await pool.StopAsync();
        return Since(from);
    }

    /// <summary>Calls a command, and waits until it has begun.</summary>
    private static async Task<Task> BeginAsync(
        PythonPool pool, PythonCommand<NoResult, NoResult> command, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = pool.InvokeAsync(command, default, (options ?? new CallOptions()) with { Progress = new Signal(begun) }, cancellationToken);
        await begun.Task;
        return call;
    }

    /// <summary>A trial that ends in another way is none.</summary>
    private static async Task EndAsync<TException>(Task call)
        where TException : Exception
    {
        try
        {
            await call;
        }
        catch (TException)
        {
            return;
        }

        throw new InvalidOperationException($"The call went well, and should have ended with {typeof(TException).Name}.");
    }

    private static double Since(long from) => Clock.GetElapsedTime(from).TotalMilliseconds;
}
