using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Finds the schemas that describe one object together: its own, and those that <c>allOf</c> and <c>$ref</c> join to it.</summary>
internal sealed class ObjectParts(References references, SchemaDiagnostics diagnostics)
{
    private const int Deepest = 32;

    private static readonly string[] Structure =
        ["$ref", "type", "enum", "const", "items", "prefixItems", "anyOf", "oneOf", "allOf", "properties", "additionalProperties", "patternProperties"];

    /// <summary>The schemas, what is extended before what extends it; null where one of them describes no plain object.</summary>
    public IReadOnlyList<JsonNode>? Of(JsonNode schema)
    {
        var parts = new List<JsonNode>();
        return Add(schema, parts, [], 0) && parts.Exists(IsObject) ? parts : null;
    }

    /// <summary>Whether a schema says nothing of a value's structure: it has words for it, or limits.</summary>
    public static bool IsPlain(JsonNode schema) => schema.Kind == JsonKind.True
        || (schema.Kind == JsonKind.Object && !Structure.Any(word => schema[word] is not null));

    /// <summary>Whether branches say no more than which members must be there together.</summary>
    public static bool OnlyConstrains(JsonNode branches) => branches.Kind == JsonKind.Array
        && branches.Items.Count > 0
        && branches.Items.All(branch => branch.Kind == JsonKind.Object && branch.Members.Count > 0
            && branch.Members.All(member => member.Name is "required" or "not" or "title" or "description"));

    /// <summary>The members that some part declares, in order, each with all its schemas.</summary>
    public static IEnumerable<IGrouping<string, JsonNode>> Properties(IEnumerable<JsonNode> parts) => parts
        .Where(part => part["properties"] is { Kind: JsonKind.Object })
        .SelectMany(part => part["properties"]!.Members)
        .GroupBy(member => member.Name, member => member.Value, StringComparer.Ordinal);

    /// <summary>The values of a keyword, wherever it stands.</summary>
    public static IEnumerable<JsonNode> All(IEnumerable<JsonNode> parts, string keyword) =>
        parts.Select(part => part[keyword]).Where(value => value is not null)!;

    /// <summary>The names that some part requires. Draft 3 has <c>required: true</c> on the member itself, which says nothing here.</summary>
    public IEnumerable<JsonNode> Required(IEnumerable<JsonNode> parts) => All(parts, "required")
        .Where(names => names.Kind == JsonKind.Array)
        .SelectMany(names => names.Items)
        .Where(name => name.Is(JsonKind.String, diagnostics));

    private static bool IsObject(JsonNode part) =>
        part["type"] is not null || part["properties"] is not null || part["additionalProperties"] is not null || part["patternProperties"] is not null;

    private bool Add(JsonNode schema, List<JsonNode> parts, HashSet<JsonNode> known, int depth)
    {
        // What is met again says nothing new: schemas may extend each other in a circle.
        if (schema.Kind == JsonKind.True || !known.Add(schema))
        {
            return true;
        }

        if (schema.Kind != JsonKind.Object || depth > Deepest || !MayBePart(schema))
        {
            return false;
        }

        if (schema["$ref"] is { } reference
            && (references.ResolveSchema(reference) is not { } target || !Add(target, parts, known, depth + 1)))
        {
            return false;
        }

        foreach (var branch in schema["allOf"]?.Items ?? [])
        {
            if (!Add(branch, parts, known, depth + 1))
            {
                return false;
            }
        }

        parts.Add(schema);
        return true;
    }

    private static bool MayBePart(JsonNode schema) =>
        schema["type"] is null or { Kind: JsonKind.String, Text: "object" } or { Kind: JsonKind.Array, Items: [{ Text: "object" }] }
        && (schema["enum"] ?? schema["const"] ?? schema["items"] ?? schema["prefixItems"]) is null
        && (schema["anyOf"] is not { } any || OnlyConstrains(any))
        && (schema["oneOf"] is not { } one || OnlyConstrains(one));
}
