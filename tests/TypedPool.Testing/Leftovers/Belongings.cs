using TypedPool.Testing.Processes;

namespace TypedPool.Testing.Leftovers;

/// <summary>What the test process holds at one moment: processes, descriptors, temporary files.</summary>
internal sealed record Belongings(
    IReadOnlyList<RunningProcess> Processes,
    IReadOnlySet<Descriptor> Descriptors,
    IReadOnlySet<string> TemporaryEntries)
{
    private const string Prefix = "typedpool";

    public static Belongings Take() => new(
        ProcessTree.Descendants(),
        Descriptor.Open(),
        Directory.EnumerateFileSystemEntries(Path.GetTempPath(), Prefix + "*").ToHashSet(StringComparer.Ordinal));

    public IEnumerable<RunningProcess> ProcessesSince(Belongings before) =>
        Processes.Where(process => !before.Processes.Any(process.IsSame));

    /// <summary>One line for each thing that was not there before.</summary>
    public IReadOnlyList<string> Since(Belongings before) =>
    [
        .. ProcessesSince(before).Select(process => process.ToString()),
        .. Descriptors.Except(before.Descriptors).Select(descriptor => descriptor.ToString()),
        .. TemporaryEntries.Except(before.TemporaryEntries, StringComparer.Ordinal).Select(entry => $"temporary file or folder {entry}"),
    ];
}
