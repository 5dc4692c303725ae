using System.Runtime.InteropServices;

namespace TypedPool.Workers.Processes;

/// <summary>Unix signals.</summary>
internal static partial class Signals
{
    internal const int Kill = 9;

    /// <summary>The signal on which a worker writes its stacks.</summary>
    internal const int WriteStacks = 10;

    /// <summary>Sends a signal to a process.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>False where there is no such process.</returns>
    internal static bool Send(int processId, int signal) => KillNative(processId, signal) == 0;

    /// <summary>Sends a signal to all processes of a group.</summary>
    /// <param name="groupId">The group: the id of the process that made it.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>False where there is no such group.</returns>
    internal static bool SendToGroup(int groupId, int signal) => KillNative(-groupId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int KillNative(int processId, int signal);
}
