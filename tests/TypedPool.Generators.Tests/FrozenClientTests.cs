using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

/// <summary>
/// The client of the frozen schema follows the generator until its version is released. Those of released versions are never
/// written again: TypedPool.Typed.Tests compiles and calls them all.
/// </summary>
public sealed class FrozenClientTests
{
    private const string Name = "PythonCommands";
    private static readonly string Version = "V" + typeof(PythonPool).Assembly.GetName().Version!.ToString(3).Replace('.', '_');
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "TypedPool.Typed.Tests", "Frozen", Version);

    [Fact]
    public void The_copy_of_the_present_version_is_what_it_generates()
    {
        var schema = new SchemaFile(File.ReadAllText(Path.Combine(Folder, "shop.openrpc.json")));
        var generation = Generation.Of(
            [schema], new ProjectOptions { Files = { [schema.Path] = ($"TypedPool.TypedTests.Frozen.{Version}", Name, "public") } });
        Assert.Empty(generation.Findings);
        var generated = generation.Result.GeneratedSources
            .Select(source => (Name: source.HintName[source.HintName.IndexOf(Name, StringComparison.Ordinal)..], Text: source.SourceText.ToString()))
            .ToArray();

        foreach (var (name, text) in generated)
        {
            Snapshot.VerifyFile(Path.Combine(Folder, "Generated", name), text);
        }

        Assert.Equal(
            generated.Select(source => source.Name).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Folder, "Generated")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }
}
