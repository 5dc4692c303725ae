namespace TypedPool.Testing;

/// <summary>Files by which a test and what it runs tell each other how far they are.</summary>
public static class Files
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// Waits until a file exists. It looks again and again: a <see cref="FileSystemWatcher"/> does not tell from when on it
    /// sees what is made, and may miss it.
    /// </summary>
    /// <param name="path">The file.</param>
    public static async Task UntilExistsAsync(string path)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!File.Exists(path))
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
