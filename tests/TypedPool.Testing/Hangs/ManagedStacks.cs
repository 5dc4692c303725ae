using System.Globalization;
using System.Text;
using Microsoft.Diagnostics.Runtime;

namespace TypedPool.Testing.Hangs;

/// <summary>
/// The managed stack of every thread of this process, and the async methods that wait. A process cannot suspend itself,
/// so the runtime writes a core file of itself (createdump, which comes with it), which is then read at leisure.
/// </summary>
internal static class ManagedStacks
{
    public static string Describe()
    {
        using var snapshot = TestRun.InOuterTemporaryFolder(static () => DataTarget.CreateSnapshotAndAttach(Environment.ProcessId));
        using var runtime = CreateRuntime(snapshot.ClrVersions.Single());

        var text = new StringBuilder();
        foreach (var thread in runtime.Threads)
            AppendStack(text, thread);
        text.AppendLine("async methods that wait, each above the one that awaits it:");
        PendingAsyncMethods.Describe(runtime.Heap, text);
        return text.ToString();
    }

    /// <summary>
    /// Reads the snapshot with the library that came with the running runtime. It cannot but fit; a core file on Linux
    /// tells no version to compare, and a mismatch would be reported.
    /// </summary>
    private static ClrRuntime CreateRuntime(ClrInfo info)
    {
        var beside = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var name = OperatingSystem.IsWindows() ? "mscordaccore.dll"
            : OperatingSystem.IsMacOS() ? "libmscordaccore.dylib"
            : "libmscordaccore.so";
        var path = Path.Combine(beside, name);
        return File.Exists(path) ? info.CreateRuntime(path, ignoreMismatch: true) : info.CreateRuntime();
    }

    private static void AppendStack(StringBuilder text, ClrThread thread)
    {
        var frames = thread.EnumerateStackTrace().Select(frame => frame.Method?.Signature).OfType<string>().ToList();
        if (frames.Count == 0)
            return;
        text.AppendLine(CultureInfo.InvariantCulture, $"thread {thread.ManagedThreadId} (system id {thread.OSThreadId}):");
        foreach (var frame in frames)
            text.AppendLine(CultureInfo.InvariantCulture, $"    {frame}");
    }
}
