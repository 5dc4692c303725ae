namespace TypedPool.Testing;

/// <summary>A folder that is there while a test needs it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates an empty folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("typedpool-test-").FullName;

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>The absolute path of something in it.</summary>
    public string this[string relativePath] => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Writes a text file into it, with the folders on the way.</summary>
    /// <returns>The file's absolute path.</returns>
    public string Write(string relativePath, string text)
    {
        var path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Deletes it with all that is in it.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
