using System.Globalization;
using TypedPool.Testing.Processes;

namespace TypedPool.Testing.Leftovers;

/// <summary>An open pipe, socket, process descriptor or temporary file of this process.</summary>
/// <param name="Number">The descriptor's number.</param>
/// <param name="Target">What it links to: <c>pipe:[123]</c>, <c>socket:[123]</c>, <c>anon_inode:[pidfd]</c> or a path.</param>
internal sealed record Descriptor(int Number, string Target)
{
    /// <summary>
    /// The open descriptors of the kinds that a worker is reached by. A FIFO has a path for a target, so whatever lies
    /// in the temporary folder counts too; other files (assemblies, the runtime's own) do not.
    /// </summary>
    public static IReadOnlySet<Descriptor> Open()
    {
        var open = new HashSet<Descriptor>();
        if (!ProcessTree.IsSupported)
            return open;

        var temporary = Path.GetTempPath();
        foreach (var link in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (TargetOf(link) is { } target && IsOurs(target, temporary))
                open.Add(new Descriptor(int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture), target));
        }

        return open;
    }

    public override string ToString() => $"descriptor {Number} -> {Target}";

    private static bool IsOurs(string target, string temporary) =>
        target.StartsWith("pipe:", StringComparison.Ordinal)
        || target.StartsWith("socket:", StringComparison.Ordinal)
        || target.StartsWith("anon_inode:[pidfd]", StringComparison.Ordinal)
        || target.StartsWith(temporary, StringComparison.Ordinal);

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null; // Closed since the folder was listed.
        }
    }
}
