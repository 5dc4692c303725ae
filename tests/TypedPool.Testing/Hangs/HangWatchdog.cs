using System.Diagnostics;
using System.Globalization;
using TypedPool.Testing.Logging;
using TypedPool.Testing.Processes;

namespace TypedPool.Testing.Hangs;

/// <summary>
/// Watches one test. At the limit it reports the stacks of both sides and kills the processes that the test started,
/// which usually lets the test end by itself; if it has not ended 15 seconds later (or its limit, if less), the whole run ends.
/// </summary>
/// <remarks>A thread of its own, since a hang may well be a starved thread pool, on which no timer fires.</remarks>
internal sealed class HangWatchdog : IDisposable
{
    /// <summary>The environment variable with the default limit in seconds.</summary>
    public const string LimitVariable = "TYPEDPOOL_TEST_HANG_SECONDS";

    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(15);

    private readonly ManualResetEventSlim _finished = new();
    private readonly string _test;
    private readonly TimeSpan _limit;
    private readonly Thread? _thread;
    private string? _report;

    private HangWatchdog(string test, TimeSpan limit)
    {
        _test = test;
        _limit = limit;
        if (Debugger.IsAttached)
            return;
        _thread = new Thread(Run) { IsBackground = true, Name = "hang watchdog" };
        _thread.Start();
    }

    /// <summary>60 seconds, or what the environment says.</summary>
    public static TimeSpan DefaultLimit { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(LimitVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(60);

    public static HangWatchdog Watch(string test, TimeSpan limit) => new(test, limit);

    /// <summary>Ends the watch; an exception if the test was found hanging, whatever it did once its processes were killed.</summary>
    public TestHungException? Bark()
    {
        _finished.Set();
        _thread?.Join();
        return _report is null ? null : new TestHungException(_test, _limit, _report);
    }

    public void Dispose()
    {
        Bark();
        _finished.Dispose();
    }

    private void Run()
    {
        if (_finished.Wait(_limit))
            return;

        // Taken before anything is signalled: a test that thereupon ends disposes its logs.
        var logs = RecordingLoggerFactory.Living.ToList();
        _report = HangReport.Write(_test, _limit);
        foreach (var process in ProcessTree.Descendants())
            Signals.Send(process, Signals.Kill);
        var ended = _finished.Wait(_limit < LongestGrace ? _limit : LongestGrace);
        HangReport.AppendLogs(_report, logs);
        if (ended)
            return;

        TestRun.End();
        Environment.FailFast(
            $"The test {_test} ran longer than {_limit.TotalSeconds} s and did not end after its processes were killed. The stacks: {_report}");
    }
}
