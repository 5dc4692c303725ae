using System.Text.Json;
using TypedPool.Testing;
using TypedPool.Testing.Logging;
using TypedPool.Tests.Runtime;
using TypedPool.Workers;

namespace TypedPool.Tests.CrashMatrix;

/// <summary>Pools of one worker that fails once, when it is told to; and what they log.</summary>
internal sealed class FailingWorker : IDisposable
{
    internal const string ModuleName = "crash_matrix";

    /// <summary>For starts and calls. Nothing runs out of it unless the test puts the clock forward.</summary>
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>For a stop: longer, so that its timer is known from those of calls that have ended.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TemporaryFolder _folder = new();
    private readonly string _moment;
    private readonly string _fault;
    private readonly PoolLaunch _launch;

    internal FailingWorker(Moment moment, Fault fault, PoolLaunch launch)
    {
        _launch = launch;
        _moment = JsonNamingPolicy.SnakeCaseLower.ConvertName(moment.ToString());
        _fault = JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());
    }

    /// <summary>What a stack shows of a worker in the middle of the fault.</summary>
    internal string FaultyFrame => $"in {_fault}";

    /// <summary>What the pool that was started last has logged.</summary>
    internal RecordingLoggerFactory Log { get; private set; } = new();

    /// <summary>A worker that ends takes as long as the machine needs: which exit code it has must not depend on that.</summary>
    internal ForwardTime Time { get; } = new(Worker.ExitGrace, Worker.DrainTime);

    /// <summary>Completes when the worker says that it is about to fail.</summary>
    internal Task Announced => Log.WaitForAsync(entry => entry.Message.EndsWith($"] about to fail: {_fault}", StringComparison.Ordinal));

    private string Armed => _folder["armed"];

    /// <summary>Lets a command fail behind which another call was to wait.</summary>
    internal void LetFail() => File.WriteAllText(Armed + ".go", "");

    public void Dispose()
    {
        Log.Dispose();
        _folder.Dispose();
    }

    /// <summary>The next worker that comes to the moment fails.</summary>
    internal void Arm() => File.WriteAllText(Armed, "");

    /// <summary>Has the next worker import its module: a fork server has done that for all that come.</summary>
    internal async Task LoseServerAsync()
    {
        if (_launch == PoolLaunch.ForkServer)
        {
            var ready = Log.Entries.First(entry => string.Equals(entry.Id.Name, "ForkServerReady", StringComparison.Ordinal));
            await CommandLine.RunAsync("kill", ["-KILL", $"{ready.Values["ProcessId"]}"]);
            await Log.WaitForAsync(entry => string.Equals(entry.Id.Name, "ForkServerLost", StringComparison.Ordinal));
        }
    }

    internal Task<PythonPool> StartPoolAsync(int prefetch = 0)
    {
        Log.Dispose();
        Log = new RecordingLoggerFactory();
        return Pools.StartAsync(options =>
        {
            options.Module = ModuleName;
            options.Environment["CRASH_MOMENT"] = _moment;
            options.Environment["CRASH_FAULT"] = _fault;
            options.Environment["CRASH_ARMED"] = Armed;
            options.Launch = _launch;
            options.LoggerFactory = Log;
            options.Prefetch = prefetch;
            options.TimeProvider = Time;
            options.StartTimeout = Hour;
            options.CommandTimeout = Hour;
            options.ShutdownTimeout = Day;
            options.CheckoutTimeout = Timeout.InfiniteTimeSpan;
        });
    }

    /// <summary>Waits until the worker hangs, and lets the time of its start or call run out, which began before it could hang.</summary>
    internal async Task RunOutOfTimeAsync()
    {
        await Announced;
        Time.PutForward(Hour);
    }

    /// <summary>Waits until it is known that the worker has closed its channel, and lets the time run out in which it could exit.</summary>
    internal async Task RunOutOfExitAsync()
    {
        await Time.UntilHeldAsync(Worker.ExitGrace);
        Time.PutForward(Worker.ExitGrace);
    }

    /// <summary>Waits until the worker hangs while it should leave, and lets the time of the stop run out.</summary>
    internal async Task RunOutOfStopAsync()
    {
        await Announced;
        await Time.UntilSetAsync(Day / 2);
        Time.PutForward(Day);
    }

    /// <summary>The first entry of this name about the worker with this number.</summary>
    internal Task<LogEntry> LoggedAsync(string name, int worker) => Log.WaitForAsync(entry =>
        string.Equals(entry.Id.Name, name, StringComparison.Ordinal)
        && string.Equals(entry.Values["Worker"] as string, $"{ModuleName}/{worker}", StringComparison.Ordinal));

    internal int Count(string name) => Log.Entries.Count(entry => string.Equals(entry.Id.Name, name, StringComparison.Ordinal));
}
