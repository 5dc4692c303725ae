using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>
/// Finds what tells the records of a union apart; docs/schema.md has the rule, and Python keeps the same. Of several tags, or
/// members, the ordinally first is taken: the order of the document says nothing.
/// </summary>
internal static class RecordTests
{
    public static RecordTest? Find(JsonNode place, IReadOnlyList<DeclaredRecord> records)
    {
        var named = place["discriminator"]?["propertyName"];
        var names = records[0].Members.Select(member => member.Name).OrderBy(name => name, StringComparer.Ordinal);
        var candidates = named is { Kind: JsonKind.String } ? [named.Text] : names.AsEnumerable();
        foreach (var tag in candidates)
        {
            if (ByTag(tag, records) is { } test)
            {
                return test;
            }
        }

        return ByKeys(records);
    }

    private static RecordTest? ByTag(string tag, IReadOnlyList<DeclaredRecord> records)
    {
        var known = new HashSet<(bool, string, long)>();
        var signs = new List<(DeclaredRecord, IReadOnlyList<EnumValue>, string?)>();
        foreach (var record in records)
        {
            var member = record.Members.FirstOrDefault(each => string.Equals(each.Name, tag, StringComparison.Ordinal));
            var isSure = member is not null && (member.IsRequired || member.IsFixed) && !member.Shape.IsNullable;
            if (!isSure
                || member!.Shape.Declared is not DeclaredEnum { Kind: ValueKind.Enum, IsFlags: false } values
                || !values.Values.All(value => known.Add((values.IsString, value.Text, value.Number))))
            {
                return null;
            }

            signs.Add((record, values.Values, null));
        }

        return new RecordTest(tag, signs);
    }

    /// <summary>Each record, but for one, has a required member that no other has.</summary>
    private static RecordTest? ByKeys(IReadOnlyList<DeclaredRecord> records)
    {
        var owners = records.SelectMany(record => record.Members)
            .GroupBy(member => member.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var signs = records.Select(record => (
            Record: record,
            Values: (IReadOnlyList<EnumValue>)[],
            Key: record.Members.Where(member => member.IsRequired && owners[member.Name] == 1)
                .Select(member => (string?)member.Name).OrderBy(name => name, StringComparer.Ordinal).FirstOrDefault())).ToList();
        return signs.Count(sign => sign.Key is null) <= 1 ? new RecordTest(null, signs) : null;
    }
}
