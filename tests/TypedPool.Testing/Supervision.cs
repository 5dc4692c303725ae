using System.Runtime.InteropServices;
using TypedPool.Testing.Processes;
using Xunit.Sdk;
using Xunit.v3;

namespace TypedPool.Testing;

/// <summary>Installs the supervised runner before the first test and takes the private temporary folder away after the last.</summary>
internal abstract class Supervision(bool checkLeftovers) : ITestPipelineStartup
{
    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        TestRun.Begin();
        await PreparePythonAsync();
        OpenWhatTheRuntimeKeeps();
        if (checkLeftovers && !ProcessTree.IsSupported)
            Console.Error.WriteLine("Leftovers: without /proc, temporary files are checked, processes and descriptors are not.");

        XunitTestRunner.Instance = new SupervisedTestRunner(checkLeftovers);
    }

    public ValueTask StopAsync()
    {
        TestRun.End();
        return ValueTask.CompletedTask;
    }

    /// <summary>Finds the Python once and not in every test, past the shims of version managers, and compiles the bridge beside the tests.</summary>
    private static async Task PreparePythonAsync()
    {
        if (Python.FirstSupported is not { } python)
            return;
        Environment.SetEnvironmentVariable("TYPEDPOOL_PYTHON", python.Path);
        var bridge = Path.Combine(AppContext.BaseDirectory, "typedpool-bridge");
        if (Directory.Exists(bridge))
            await Bytecode.PrepareAsync(python, bridge);
    }

    /// <summary>The runtime opens its signal pipe when first asked, and never closes it; no test is to be blamed for it.</summary>
    private static void OpenWhatTheRuntimeKeeps() =>
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, static _ => { }).Dispose();

    internal sealed class WithLeftovers() : Supervision(checkLeftovers: true);

    internal sealed class OfHangs() : Supervision(checkLeftovers: false);
}
