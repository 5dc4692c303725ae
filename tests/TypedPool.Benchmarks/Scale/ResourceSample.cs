namespace TypedPool.Benchmarks.Scale;

/// <summary>What both sides hold at a moment.</summary>
/// <param name="Calls">How many calls have ended.</param>
/// <param name="Seconds">Since the first one.</param>
/// <param name="HeapBytes">What lives on the host's managed heap.</param>
/// <param name="HostBytes">Of the host's memory, what is in RAM.</param>
/// <param name="WorkersBytes">Of the workers' memory, what is in RAM.</param>
/// <param name="Descriptors">How many files the host has open.</param>
/// <param name="WorkersDescriptors">How many the workers have open.</param>
internal sealed record ResourceSample(long Calls, double Seconds, long HeapBytes, long HostBytes, long WorkersBytes, int Descriptors, int WorkersDescriptors)
{
    /// <summary>Takes a sample.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="calls">How many calls have ended.</param>
    /// <param name="time">Since the first one.</param>
    /// <returns>The sample.</returns>
    internal static ResourceSample Take(PythonPool pool, long calls, TimeSpan time)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var workers = pool.GetStatus().Workers.Select(each => each.ProcessId).OfType<int>().ToList();
        return new ResourceSample(
            calls,
            time.TotalSeconds,
            GC.GetTotalMemory(forceFullCollection: false),
            ResidentBytes(Environment.ProcessId),
            workers.Sum(ResidentBytes),
            OpenFiles(Environment.ProcessId),
            workers.Sum(OpenFiles));
    }

    private static long ResidentBytes(int process) =>
        long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    private static int OpenFiles(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;
}
