using System.Runtime.InteropServices;
using TypedPool.Testing.Processes;
using Xunit.Sdk;
using Xunit.v3;

namespace TypedPool.Testing;

/// <summary>Installs the supervised runner before the first test and takes the private temporary folder away after the last.</summary>
internal abstract class Supervision(bool checkLeftovers) : ITestPipelineStartup
{
    public ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        TestRun.Begin();
        OpenWhatTheRuntimeKeeps();
        if (checkLeftovers && !ProcessTree.IsSupported)
            Console.Error.WriteLine("Leftovers: without /proc, temporary files are checked, processes and descriptors are not.");

        XunitTestRunner.Instance = new SupervisedTestRunner(checkLeftovers);
        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync()
    {
        TestRun.End();
        return ValueTask.CompletedTask;
    }

    /// <summary>The runtime opens its signal pipe when first asked, and never closes it; no test is to be blamed for it.</summary>
    private static void OpenWhatTheRuntimeKeeps() =>
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, static _ => { }).Dispose();

    internal sealed class WithLeftovers() : Supervision(checkLeftovers: true);

    internal sealed class OfHangs() : Supervision(checkLeftovers: false);
}
