using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace TypedPool.Generators.Tests.Support;

/// <summary>
/// Compares text with a <c>*.verified.txt</c> file. Only UPDATE_SNAPSHOTS=1 writes one; without it a missing file is a failure.
/// </summary>
internal static class Snapshot
{
    private const int ContextLines = 3;

    private static bool MayUpdate => Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    public static string PathOf(string name) => Path.Combine(Repository.Snapshots, name + ".verified.txt");

    public static void Verify(string name, string actual) => VerifyFile(PathOf(name), actual);

    public static void VerifyFile(string path, string actual)
    {
        actual = Normalize(actual);
        if (MayUpdate)
        {
            File.WriteAllText(path, actual, new UTF8Encoding(false));
            return;
        }

        Assert.True(File.Exists(path), $"There is no snapshot {path}. Run the tests with UPDATE_SNAPSHOTS=1, and read what it writes.");
        var expected = Normalize(File.ReadAllText(path));
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
        {
            Assert.Fail($"{Path.GetFileName(path)} differs (UPDATE_SNAPSHOTS=1 accepts the change):\n{Difference(expected, actual)}");
        }
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");

    private static string Difference(string expected, string actual)
    {
        var lines = InlineDiffBuilder.Diff(expected, actual).Lines;
        var shown = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var isNear = lines.Skip(i - ContextLines).Take((2 * ContextLines) + 1).Any(line => line.Type != ChangeType.Unchanged);
            if (isNear)
            {
                var mark = lines[i].Type switch { ChangeType.Inserted => '+', ChangeType.Deleted => '-', _ => ' ' };
                shown.Append(mark).Append(' ').Append(lines[i].Text).Append('\n');
            }
        }

        return shown.ToString();
    }
}
