using System.Globalization;
using System.Runtime.InteropServices;

namespace TypedPool.Testing.Processes;

/// <summary>Signals of Linux, by number.</summary>
internal static partial class Signals
{
    public const int Abort = 6;
    public const int Kill = 9;
    public const int User1 = 10;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal; a process that has gone meanwhile is no error.</summary>
    public static void Send(RunningProcess process, int signal) => Send(process.Id, signal);

    /// <summary>Sends a signal; a process that has gone meanwhile is no error.</summary>
    public static void Send(int process, int signal) => _ = NativeKill(process, signal);

    /// <summary>Whether the process has a handler of its own for the signal (the mask SigCgt of proc(5)).</summary>
    public static bool IsCaught(RunningProcess process, int signal)
    {
        const string Label = "SigCgt:";
        var line = ProcFile.Read(process.Id, "status").Split('\n').FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(Label.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
            && (mask >> (signal - 1) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeKill(int id, int signal);
}
