namespace TypedPool.Testing.Processes;

/// <summary>A process at the moment it was looked at.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="ParentId">The process id of its parent.</param>
/// <param name="State">Its state as in proc(5): R, S, D, T, Z, …</param>
/// <param name="StartTime">When it started, in clock ticks since boot; with the id it names the process for good.</param>
internal sealed record RunningProcess(int Id, int ParentId, char State, long StartTime)
{
    /// <summary>The words of its command line.</summary>
    public string CommandLine => ProcFile.Read(Id, "cmdline").Replace('\0', ' ').ReplaceLineEndings(" ").TrimEnd();

    public bool IsSame(RunningProcess other) => Id == other.Id && StartTime == other.StartTime;

    public override string ToString() => $"process {Id} ({State}, parent {ParentId}): {CommandLine}";
}
