using System.Text.RegularExpressions;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests;

/// <summary>The arrows between the generator's folders run one way.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Each folder, and the folders that it may know.</summary>
    public static TheoryData<string, string[]> Folders() => new()
    {
        { "Collections", [] },
        { "Json", [] },
        { "Types", [] },
        { "Diagnostics", ["Collections", "Json"] },
        { "Schema", ["Diagnostics", "Json", "Types"] },
        { "Naming", ["Diagnostics", "Json", "Schema"] },
        { "Model", ["Collections", "Diagnostics", "Json", "Naming", "Schema", "Types"] },
        { "Emit", ["Collections", "Model", "Naming", "Types"] },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_knows_only_what_stands_before_it(string folder, string[] known)
    {
        var found = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs")
            .SelectMany(path => Ours().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["folder"].Value)
            .Distinct(StringComparer.Ordinal)
            .Where(name => name != folder);

        Assert.Empty(found.Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_folder_has_its_place() => Assert.Equal(
        Folders().Select(row => row.Data.Item1).Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_file_is_short() => Assert.All(
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("obj", StringComparison.Ordinal)),
        path => Assert.InRange(File.ReadLines(path).Count(), 1, 400));

    private static string Root => Path.Combine(Repository.Root, "generators", "TypedPool.Generators");

    [GeneratedRegex(@"TypedPool\.Generators\.(?<folder>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Ours();
}
