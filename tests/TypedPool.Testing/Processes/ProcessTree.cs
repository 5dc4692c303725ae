using System.Globalization;

namespace TypedPool.Testing.Processes;

/// <summary>The processes that this test run started, read from /proc.</summary>
internal static class ProcessTree
{
    private static readonly string Mark = $"{TestRun.MarkVariable}={TestRun.Mark}";

    /// <summary>Whether this system has a /proc to read.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Directory.Exists("/proc/self/fd");

    /// <summary>
    /// Every living descendant, and every orphan that inherited this run's mark, parents before children. A zombie
    /// counts only as our own child: those further down are for their parent, or for process 1, to reap.
    /// </summary>
    public static IReadOnlyList<RunningProcess> Descendants()
    {
        if (!IsSupported)
            return [];

        var all = ReadAll().ToDictionary(process => process.Id);
        return [.. all.Values
            .Where(process => process.Id != Environment.ProcessId && IsAlive(process))
            .Where(process => DescendsFromUs(process, all) || CarriesMark(process))
            .OrderBy(process => process.StartTime).ThenBy(process => process.Id)];
    }

    private static bool IsAlive(RunningProcess process) =>
        process.State is not ('Z' or 'X') || (process.State == 'Z' && process.ParentId == Environment.ProcessId);

    private static bool DescendsFromUs(RunningProcess process, Dictionary<int, RunningProcess> all)
    {
        // A parent starts before its children, or shares their clock tick; the count ends a circle of reused ids.
        for (var steps = 0; steps < 64; steps++)
        {
            if (process.ParentId == Environment.ProcessId)
                return true;
            if (!all.TryGetValue(process.ParentId, out var parent))
                return false;
            process = parent;
        }

        return false;
    }

    private static bool CarriesMark(RunningProcess process) =>
        ProcFile.Read(process.Id, "environ").Contains(Mark, StringComparison.Ordinal);

    private static IEnumerable<RunningProcess> ReadAll()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Parse(id, ProcFile.Read(id, "stat")) is { } process)
                yield return process;
        }
    }

    /// <summary>Reads <c>pid (name) state ppid … starttime …</c>, where the name may hold spaces and parentheses.</summary>
    private static RunningProcess? Parse(int id, string stat)
    {
        var end = stat.LastIndexOf(')');
        if (end < 0)
            return null;
        var fields = stat[(end + 2)..].Split(' ');
        return new RunningProcess(
            id,
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            fields[0][0],
            long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
