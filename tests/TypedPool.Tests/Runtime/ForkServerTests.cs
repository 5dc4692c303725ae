using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TypedPool.Testing;
using TypedPool.Testing.Logging;
using TypedPool.Testing.Processes;
using TypedPool.Workers.Processes;
using Xunit;
using Signals = TypedPool.Testing.Processes.Signals;

namespace TypedPool.Tests.Runtime;

/// <summary>Workers that are forked, and what becomes of them where that cannot be had. How they fail is told by the crash matrix.</summary>
public sealed class ForkServerTests : IDisposable
{
    private const int Interrupt = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLoggerFactory _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Workers_are_forked_from_one_process_that_has_imported_the_module()
    {
        SkipWhereNothingIsForked();
        await using var pool = await StartAsync(options => options.Size = 3);

        var server = await ServerAsync();
        var (imported, process, parent) = await WhereAsync(pool);
        Assert.Equal((server, server), (imported, parent));
        Assert.Contains(process, pool.GetStatus().Workers.Select(worker => worker.ProcessId!.Value));
        Assert.Equal(3, pool.GetStatus().Workers.Select(worker => worker.ProcessId).Append(server).Distinct().Count() - 1);
        Assert.All(pool.GetStatus().Workers, worker => Assert.True(worker.MemoryBytes > 0));
        Assert.Single(_log.Entries, entry => entry is { Level: LogLevel.Warning, Category: "TypedPool.Worker.forked_commands" });
        Assert.Empty(Of("ForkingRefused"));
    }

    [Fact]
    public async Task Workers_are_forked_also_where_their_channels_are_streams_of_the_system()
    {
        SkipWhereNothingIsForked();
        AppContext.SetSwitch(Poller.Switch, isEnabled: true);
        try
        {
            await using var pool = await StartAsync();

            Assert.Equal(await ServerAsync(), (await WhereAsync(pool)).Imported);
            var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.CallAsync("end_when", new { path = "/", code = 3 }));
            Assert.Equal(3, crash.ExitCode);
        }
        finally
        {
            AppContext.SetSwitch(Poller.Switch, isEnabled: false);
        }
    }

    [Fact]
    public async Task Rolling_the_pool_imports_the_module_anew_and_ends_the_old_server()
    {
        SkipWhereNothingIsForked();
        var module = WriteModule("");
        await using var pool = await StartAsync(options => (options.Module, options.Size) = ("rolling", 2));
        using var server = Process.GetProcessById(await ServerAsync());
        await File.WriteAllTextAsync(module, Module("print('this is new')"));

        await pool.RecycleAsync();

        await ProcessEnd.WaitAsync(server);
        var second = (int)Of("ForkServerReady").Last().Values["ProcessId"]!;
        Assert.NotEqual(server.Id, second);
        Assert.Equal(second, (await pool.CallAsync("imported_in")).GetInt32());
        Assert.Single(_log.Entries, entry => entry.Message.EndsWith("this is new", StringComparison.Ordinal));
        Assert.Empty(Of("ForkServerLost"));
    }

    [Fact]
    public async Task Workers_outlive_their_server_and_how_they_end_is_not_known_then()
    {
        SkipWhereNothingIsForked();
        await using var pool = await StartAsync();
        var call = pool.CallAsync("end_when", new { path = _folder["now"], code = 3 });
        Signals.Send(await ServerAsync(), Signals.Kill);
        var lost = await _log.WaitForAsync(entry => Is(entry, "ForkServerLost"));
        Assert.Contains("SIGKILL", lost.Message, StringComparison.Ordinal);
        _folder.Write("now", "");

        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => call);

        Assert.Null(crash.ExitCode);
        Assert.Contains("its exit code is not known", crash.Message, StringComparison.Ordinal);
        var (imported, _, _) = await WhereAsync(pool);
        Assert.Equal((int)Of("ForkServerReady").Last().Values["ProcessId"]!, imported);
        Assert.Equal(2, Of("ForkServerReady").Count);
        Assert.Empty(Of("StartFailed"));
    }

    [Fact]
    public async Task While_no_server_can_be_started_callers_are_told_why_and_the_pool_heals_by_itself()
    {
        SkipWhereNothingIsForked();
        var module = WriteModule("");
        await using var pool = await StartAsync(options => options.Module = "rolling");
        await File.WriteAllTextAsync(module, "raise RuntimeError('it is broken now')\n");
        Signals.Send(await ServerAsync(), Signals.Kill);
        await _log.WaitForAsync(entry => Is(entry, "ForkServerLost"));
        Signals.Send(pool.GetStatus().Workers[0].ProcessId!.Value, Signals.Kill);
        await _log.WaitForAsync(entry => Is(entry, "WorkerLost"));

        var exception = await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.CallAsync("imported_in"));
        Assert.Contains("it is broken now", exception.Message, StringComparison.Ordinal);

        File.Move(_folder.Write("good.py", Module("")), module, overwrite: true); // At once: half of it might be imported.
        await _log.WaitForAsync(entry => Is(entry, "WorkerReady") && !entry.Message.Contains("rolling/1 ", StringComparison.Ordinal));
        Assert.Equal((int)Of("ForkServerReady").Last().Values["ProcessId"]!, (await pool.CallAsync("imported_in")).GetInt32());
        Assert.Equal(2, Of("ForkServerReady").Count);
        Assert.Empty(Of("WorkerSpawned"));
    }

    [Fact]
    public async Task A_worker_that_its_server_is_lost_over_is_spawned()
    {
        SkipWhereNothingIsForked();
        WriteModule("import os, signal\nos.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGKILL))");
        await using var pool = await StartAsync(options => options.Module = "rolling");

        var process = pool.GetStatus().Workers[0].ProcessId;
        Assert.Equal(process, (await pool.CallAsync("imported_in")).GetInt32());
        Assert.Contains("lost", Assert.Single(Of("WorkerSpawned")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_starts_threads_is_named_and_spawned_until_it_is_rolled_to_one_that_does_not()
    {
        SkipWhereNothingIsForked();
        var module = WriteModule("import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()");
        await using var pool = await StartAsync(options => (options.Module, options.Size) = ("rolling", 2));

        Assert.Contains("1 thread runs beside the main one, started while it was imported, by rolling", Assert.Single(Of("ForkingRefused")).Message, StringComparison.Ordinal);
        Assert.Contains((await pool.CallAsync("imported_in")).GetInt32(), pool.GetStatus().Workers.Select(worker => worker.ProcessId!.Value));
        await UntilGoneAsync(await ServerAsync());
        await File.WriteAllTextAsync(module, Module("import os, sys"));
        await pool.RecycleAsync();

        Assert.Equal((int)Of("ForkServerReady").Last().Values["ProcessId"]!, (await pool.CallAsync("imported_in")).GetInt32());
        Assert.Single(Of("ForkingRefused"));
    }

    [Fact]
    public async Task A_module_that_cannot_be_imported_is_told_as_ever()
    {
        SkipWhereNothingIsForked();
        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => StartAsync(options => (options.Module, options.Size) = ("broken_module", 2)));

        Assert.Contains("the model file is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("broken_module.py", exception.Traceback, StringComparison.Ordinal);
        Assert.Contains("about to fail", exception.StandardError, StringComparison.Ordinal);
        Assert.Equal("broken_module", exception.PoolName);
        Assert.Matches("^broken_module/[12]$", exception.WorkerId);
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_nothing_behind()
    {
        SkipWhereNothingIsForked();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PythonPool.StartAsync(Options(options => options.Module = "slow_module"), cancellation.Token));
    }

    [Fact]
    public async Task Ctrl_C_in_a_terminal_ends_neither_workers_nor_their_server()
    {
        SkipWhereNothingIsForked();
        await using var pool = await StartAsync();
        var server = await ServerAsync();
        Signals.Send(server, Interrupt);
        Signals.Send((await WhereAsync(pool)).Process, Interrupt);

        await pool.ResizeAsync(2);

        Assert.Equal(server, (await WhereAsync(pool)).Parent);
        Assert.Empty(Of("WorkerLost"));
        Assert.Single(Of("ForkServerReady"));
    }

    [Fact]
    public async Task A_worker_that_is_due_is_replaced_by_one_from_the_same_server()
    {
        SkipWhereNothingIsForked();
        await using var pool = await StartAsync(options => options.MaxCalls = 2);
        var processes = new HashSet<int>();
        while (processes.Count < 3)
        {
            var (imported, process, _) = await WhereAsync(pool);
            Assert.Equal(await ServerAsync(), imported);
            processes.Add(process);
        }

        var left = await _log.WaitForAsync(entry => Is(entry, "WorkerLeft"));
        Assert.Equal(0, left.Values["ExitCode"]);
    }

    private static async Task UntilGoneAsync(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await ProcessEnd.WaitAsync(process);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    private static void SkipWhereNothingIsForked() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Workers are forked on Linux only.");

    private static bool Is(LogEntry entry, string name) => string.Equals(entry.Id.Name, name, StringComparison.Ordinal);

    private static string Module(string head) =>
        $"{head}\nimport os\nfrom typedpool import command\nimported = os.getpid()\n\n@command\ndef imported_in() -> int:\n    return imported\n";

    private string WriteModule(string head) => _folder.Write("rolling.py", Module(head));

    private PythonPoolOptions Options(Action<PythonPoolOptions>? configure)
    {
        var options = Pools.Options("forked_commands");
        (options.Launch, options.LoggerFactory) = (PoolLaunch.ForkServer, _log);
        options.SearchPaths.Add(_folder.Path);
        configure?.Invoke(options);
        return options;
    }

    private Task<PythonPool> StartAsync(Action<PythonPoolOptions>? configure = null) => PythonPool.StartAsync(Options(configure));

    private List<LogEntry> Of(string name) => [.. _log.Entries.Where(entry => Is(entry, name))];

    /// <summary>The process of the first fork server.</summary>
    private async Task<int> ServerAsync() => (int)(await _log.WaitForAsync(entry => Is(entry, "ForkServerReady"))).Values["ProcessId"]!;

    private static async Task<(int Imported, int Process, int Parent)> WhereAsync(PythonPool pool)
    {
        var where = await pool.CallAsync("where");
        return (where[0].GetInt32(), where[1].GetInt32(), where[2].GetInt32());
    }
}
