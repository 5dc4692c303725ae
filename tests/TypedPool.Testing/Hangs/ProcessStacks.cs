using System.Globalization;
using System.Text;
using TypedPool.Testing.Processes;

namespace TypedPool.Testing.Hangs;

/// <summary>Where the kernel sees each descendant: its state, and for each of its threads the call in which it waits.</summary>
internal static class ProcessStacks
{
    public static string Describe()
    {
        if (!ProcessTree.IsSupported)
            return "Not listed: this system has no /proc.";

        var text = new StringBuilder();
        foreach (var process in ProcessTree.Descendants())
        {
            text.AppendLine(process.ToString());
            foreach (var thread in Threads(process))
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"    thread {thread}: waits in {Show(process, thread, "wchan")}, system call {Show(process, thread, "syscall")}");
        }

        return text.Length == 0 ? "None." : text.ToString();
    }

    private static IEnumerable<string> Threads(RunningProcess process)
    {
        var folder = new DirectoryInfo($"/proc/{process.Id}/task");
        return folder.Exists ? folder.EnumerateDirectories().Select(thread => thread.Name) : [];
    }

    private static string Show(RunningProcess process, string thread, string name)
    {
        var text = ProcFile.Read(process.Id, $"task/{thread}/{name}").Trim();
        return text.Length == 0 ? "(unknown)" : text;
    }
}
