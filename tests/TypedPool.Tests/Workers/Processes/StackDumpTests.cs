using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using TypedPool.Testing;
using TypedPool.Testing.Processes;
using TypedPool.Workers.Processes;
using Xunit;

namespace TypedPool.Tests.Workers.Processes;

public sealed class StackDumpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CountedTime _time = new();
    private int _passed;

    public StackDumpTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is not known when a signal is taken.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_that_does_not_come_to_take_the_signal_is_waited_for_while_that_is_pending()
    {
        using var process = await StartAsync("faulthandler.register(signal.SIGUSR1, file=open('stacks', 'w'))");
        Task<string> taking;
        using (new StoppedProcess(process.Id))
        {
            await UntilAsync(() => File.ReadAllText($"/proc/{process.Id}/status").Contains("State:\tT", StringComparison.Ordinal));
            taking = StackDump.TakeAsync(process.Id, _folder["stacks"], _time);
            await PassAsync(TimeSpan.FromSeconds(1), taking);
            await UntilAsync(() => taking.IsCompleted || _time.Delays > _passed);
        }

        await UntilAsync(() => new FileInfo(_folder["stacks"]).Length > 0);
        var stacks = await EndAsync(process, taking);

        Assert.Contains("in wait_here", stacks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_has_taken_the_signal_for_itself_gives_no_stacks_and_is_not_waited_for()
    {
        using var process = await StartAsync("open('stacks', 'w'); signal.signal(signal.SIGUSR1, lambda *_: open('taken', 'w'))");
        var began = _time.GetTimestamp();

        var taking = StackDump.TakeAsync(process.Id, _folder["stacks"], _time);
        await UntilAsync(() => File.Exists(_folder["taken"]));

        var stacks = await EndAsync(process, taking);

        Assert.Equal("", stacks);
        Assert.InRange(_time.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isSo())
        {
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Lets time pass once somebody waits for that.</summary>
    private async Task PassAsync(TimeSpan time, Task<string> taking)
    {
        await UntilAsync(() => taking.IsCompleted || _time.Delays > _passed);
        _passed++;
        _time.Advance(time);
    }

    private async Task<string> EndAsync(Process process, Task<string> taking)
    {
        while (!taking.IsCompleted)
        {
            await PassAsync(TimeSpan.FromMilliseconds(5), taking);
        }

        process.Kill();
        await process.WaitForExitAsync();
        return await taking;
    }

    private async Task<Process> StartAsync(string prepare)
    {
        var program = $"""
            import faulthandler, signal, time
            {prepare}
            def wait_here():
                open('ready', 'w').close()
                while True:
                    time.sleep(0.001)
            wait_here()
            """;
        var process = Process.Start(new ProcessStartInfo(Python.Default.Path, ["-c", program]) { WorkingDirectory = _folder.Path })!;
        await UntilAsync(() => File.Exists(_folder["ready"]));
        return process;
    }

    /// <summary>A clock that the test moves, and that says how often somebody has begun to wait for it.</summary>
    private sealed class CountedTime : FakeTimeProvider
    {
        private int _delays;

        public int Delays => Volatile.Read(ref _delays);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _delays);
            return timer;
        }
    }
}
