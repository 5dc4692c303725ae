using System.Diagnostics;
using System.Globalization;

namespace TypedPool.Benchmarks.Promises;

/// <summary>A process with a pool, which is this program again: it says which its workers are, and waits for its end.</summary>
internal static class HostToKill
{
    /// <summary>What this program is asked for then.</summary>
    internal const string Subject = "host";

    private const int Workers = 4;

    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>So long after each other it is looked whether they run.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    /// <summary>Is such a process.</summary>
    /// <returns>Never completes.</returns>
    internal static async Task RunAsync()
    {
        await using var pool = await PromisePools.StartAsync(Workers);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = pool.InvokeAsync(PromisePools.HoldTheLock, default, new CallOptions { Progress = new Signal(held) });
        await held.Task;
        Console.WriteLine(string.Join(' ', pool.GetStatus().Workers.Select(each => each.ProcessId)));
        await new TaskCompletionSource().Task;
    }

    /// <summary>Kills one, and waits until nothing of it is left.</summary>
    /// <returns>Since the kill, in milliseconds.</returns>
    internal static async Task<double> KillAsync()
    {
        // Not this process's own path: that is dotnet's where dotnet was given the assembly.
        var program = Path.Combine(AppContext.BaseDirectory, typeof(HostToKill).Assembly.GetName().Name!);
        using var host = Process.Start(new ProcessStartInfo(program, Subject) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory })!;
        var workers = (await host.StandardOutput.ReadLineAsync())!.Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
        var from = Clock.GetTimestamp();
        host.Kill();
        while (workers.Exists(IsRunning))
        {
            await Task.Delay(Look, Clock);
        }

        var time = Clock.GetElapsedTime(from).TotalMilliseconds;
        await host.WaitForExitAsync();
        return time;
    }

    /// <summary>A process that has ended is there until its new parent has looked, which is not ours to measure.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
