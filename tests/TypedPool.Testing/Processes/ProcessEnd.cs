using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TypedPool.Testing.Processes;

/// <summary>The end of a process that is not our child.</summary>
internal static partial class ProcessEnd
{
    private const long PidfdOpen = 434;
    private const short Readable = 1;

    /// <summary>
    /// Completes when the process runs no more. <see cref="Process.WaitForExitAsync"/> waits until it has been reaped as well,
    /// for which process 1 may take its time.
    /// </summary>
    public static async Task WaitAsync(Process process)
    {
        var descriptor = OperatingSystem.IsLinux() ? (int)SystemCall(PidfdOpen, process.Id, 0) : -1;
        if (descriptor < 0)
        {
            // It has been reaped already, or this system has no such call.
            await process.WaitForExitAsync().ConfigureAwait(false);
            return;
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        await Task.Factory.StartNew(
            () =>
            {
                var watched = new Watched { Descriptor = descriptor, Events = Readable };
                while (Poll(ref watched, 1, -1) < 1)
                {
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long SystemCall(long number, long id, long flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref Watched watched, ulong count, int timeout);

    /// <summary>As in poll(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
