using System.Diagnostics;
using System.Globalization;

namespace TypedPool.Benchmarks.Promises;

/// <summary>A process with a pool, which is this program again: it says which its workers are, and waits for its end.</summary>
internal static class HostToKill
{
    /// <summary>What this program is asked for then.</summary>
    internal const string Subject = "host";

    private const int Workers = 4;

    /// <summary>Is such a process.</summary>
    /// <returns>Never completes.</returns>
    internal static async Task RunAsync()
    {
        await using var pool = await PromisePools.StartAsync(Workers);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = pool.InvokeAsync(PromisePools.HoldTheLock, default, new CallOptions { Progress = new Signal(held) });
        await held.Task;
        Console.WriteLine(string.Join(' ', pool.GetStatus().Workers.Select(each => each.ProcessId)));
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Kills one, and waits until nothing of it is left.</summary>
    /// <returns>Since the kill, in milliseconds.</returns>
    internal static async Task<double> KillAsync()
    {
        using var host = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Subject) { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory })!;
        var workers = (await host.StandardOutput.ReadLineAsync())!.Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
        var from = TimeProvider.System.GetTimestamp();
        host.Kill();
        while (workers.Exists(IsRunning))
        {
            await Task.Delay(1);
        }

        var time = TimeProvider.System.GetElapsedTime(from).TotalMilliseconds;
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
