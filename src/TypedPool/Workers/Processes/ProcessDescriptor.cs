using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TypedPool.Workers.Processes;

/// <summary>Descriptors of processes that somebody else has started (<c>pidfd_open</c>): readable when the process has ended. Linux 5.3 and later.</summary>
internal static partial class ProcessDescriptor
{
    /// <summary>The same on every architecture. Older C libraries have no function for it.</summary>
    private const int PidfdOpen = 434;

    /// <summary>Opens a descriptor of a process. Processes that are started do not inherit it.</summary>
    /// <param name="processId">The process, whose id is still its own.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="IOException">The system does not have it, or not so many.</exception>
    internal static SafeFileHandle Open(int processId) =>
        new(Descriptors.Checked((int)SyscallNative(PidfdOpen, processId, 0)), ownsHandle: true);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SyscallNative(nint number, nint processId, nint flags);
}
