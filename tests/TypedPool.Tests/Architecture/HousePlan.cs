using TypedPool.Testing;

namespace TypedPool.Tests.Architecture;

/// <summary>What docs/architecture.md says of one part: the table of its rooms, and the crossings that it owns up to.</summary>
/// <param name="Rooms">The rooms, each above those that it knows of.</param>
/// <param name="Crossings">Arrows that go the wrong way.</param>
internal sealed record HousePlan(IReadOnlyList<Room> Rooms, IReadOnlyList<Crossing> Crossings)
{
    private const string Nothing = "nothing";

    /// <summary>Reads the tables below a heading.</summary>
    internal static HousePlan Read(string heading) =>
        Parse(File.ReadAllText(RepositoryRoot.Combine("docs", "architecture.md")), heading);

    internal static HousePlan Parse(string markdown, string heading)
    {
        var section = markdown.Split('\n')
            .SkipWhile(line => line != $"## {heading}")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .ToArray();
        return new HousePlan(
            [.. Table(section, "room", "holds", "knows of", "why").Select(row => new Room(row[0], List(row[1]), List(row[2])))],
            [.. Table(section, "crossing from", "to", "through", "how it ends").Select(row => new Crossing(row[0], row[1], row[2]))]);
    }

    /// <summary>The rows of the table with these columns; none where there is no such table.</summary>
    private static IEnumerable<string[]> Table(IEnumerable<string> section, params string[] columns) =>
        section
            .SkipWhile(line => !Cells(line).SequenceEqual(columns, StringComparer.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(Cells);

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Replace("`", "", StringComparison.Ordinal).Trim())];

    private static string[] List(string cell) => cell == Nothing ? [] : cell.Split(',', StringSplitOptions.TrimEntries);
}
