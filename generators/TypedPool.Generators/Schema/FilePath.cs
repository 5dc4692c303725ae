namespace TypedPool.Generators.Schema;

/// <summary>Paths as references write them, told alike on every system.</summary>
internal static class FilePath
{
    /// <summary>Where <paramref name="reference"/> leads, seen from the file <paramref name="from"/>.</summary>
    public static string Resolve(string from, string reference)
    {
        var target = Slashes(reference.IndexOf('%') < 0 ? reference : Uri.UnescapeDataString(reference));
        var isRooted = target.StartsWith("/", StringComparison.Ordinal) || (target.Length > 1 && target[1] == ':');
        var steps = new List<string>();
        foreach (var step in (isRooted ? target : Folder(from) + target).Split('/'))
        {
            if (step is ".." && steps.Count > 0 && steps[steps.Count - 1] is not ("" or ".."))
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ".")
            {
                steps.Add(step);
            }
        }

        return string.Join("/", steps);
    }

    public static string Slashes(string path) => path.Replace('\\', '/');

    public static string Name(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>The folder with its last slash; empty where the path names none.</summary>
    private static string Folder(string path)
    {
        path = Slashes(path);
        return path.Substring(0, path.LastIndexOf('/') + 1);
    }
}
