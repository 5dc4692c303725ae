using System.Globalization;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Model;

/// <summary>
/// Says which part goes into which file: one each, or, above 200, grouped by a hash of the name, because what a compiler
/// host spends on every keystroke grows with the square of the number of files.
/// </summary>
internal static class FileLayout
{
    public const int MostSingleFiles = 200;
    public const int Groups = 128;
    private const int LongestKey = 100;

    public static EquatableArray<FileModel> Arrange(ClientModel client, IReadOnlyList<Part> parts)
    {
        var ordered = parts.OrderBy(part => part.Key, StringComparer.Ordinal).ToList();
        if (ordered.Count > MostSingleFiles)
        {
            return new(ordered
                .GroupBy(part => part is ClientPart ? "" : GroupOf(part), StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new FileModel(Name(client, group.Key), client, new(group))));
        }

        var alike = ordered.ToLookup(part => part.Key, StringComparer.OrdinalIgnoreCase);
        return new(ordered.Select(part => new FileModel(Name(client, KeyOf(part, alike[part.Key].Count() > 1)), client, new([part]))));
    }

    private static string GroupOf(Part part) =>
        "group-" + (StableHash.Of(part.Key) % Groups).ToString("000", CultureInfo.InvariantCulture);

    /// <summary>File names must differ in more than case, and be short enough for every file system.</summary>
    private static string KeyOf(Part part, bool hasTwin) =>
        part.Key.Length > LongestKey || hasTwin
            ? $"{part.Key.Substring(0, Math.Min(part.Key.Length, LongestKey))}-{StableHash.Suffix(part.Key)}"
            : part.Key;

    private static string Name(ClientModel client, string key) =>
        key.Length == 0 ? $"{client.FullName}.g.cs" : $"{client.FullName}-{key}.g.cs";
}
