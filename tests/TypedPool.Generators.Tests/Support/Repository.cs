namespace TypedPool.Generators.Tests.Support;

/// <summary>Finds files of the repository; paths in the assembly are mapped away.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Snapshots { get; } = Path.Combine(Root, "tests", "TypedPool.Generators.Tests", "Snapshots");

    public static string Schema(string name) => File.ReadAllText(Path.Combine(Snapshots, name + ".json"));

    public static IEnumerable<string> SchemaNames() => Directory.EnumerateFiles(Snapshots, "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "TypedPool.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
