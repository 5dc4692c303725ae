using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using TypedPool.Testing.Logging;
using Xunit;

namespace TypedPool.Testing.Deliberate;

/// <summary>Tests that hang: on a thread, in an async method, in Python.</summary>
public sealed class HangingTests
{
    private const string PythonThatNeverReturns =
        """
        import threading
        def never_returns():
            threading.Event().wait()
        never_returns()
        """;

    [Fact]
    public async Task Waits_for_a_Python_that_never_returns()
    {
        using var logs = new RecordingLoggerFactory();
        using var released = new ManualResetEventSlim();
        var thread = new Thread(() => BlockForever(released)) { IsBackground = true };
        thread.Start();
        await AwaitPythonForeverAsync(logs.CreateLogger("worker"));
        released.Set();
        thread.Join();
    }

    [Fact]
    public void Blocks_for_good()
    {
        using var released = new ManualResetEventSlim();
        BlockForever(released);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BlockForever(ManualResetEventSlim released) => released.Wait(CancellationToken.None);

    private static async Task AwaitPythonForeverAsync(ILogger log)
    {
        using var python = new Process
        {
            StartInfo = new ProcessStartInfo(Python.Default.Path, ["-c", PythonThatNeverReturns])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            },
        };
        // As a pool drains the standard error of its workers into its log.
        python.ErrorDataReceived += (_, line) => log.LogWarning("{Line}", line.Data);
        python.Start();
        python.BeginErrorReadLine();
        await python.WaitForExitAsync(CancellationToken.None);
    }
}
