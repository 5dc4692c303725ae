using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Finds the schemas that describe one object together: its own, and those that <c>allOf</c> and <c>$ref</c> join to it.</summary>
internal sealed class ObjectParts(SchemaDiagnostics diagnostics)
{
    /// <summary>The keywords of which one branch counts.</summary>
    public static readonly string[] Alternatives = ["anyOf", "oneOf"];

    private static readonly string[] Own =
        ["$ref", "type", "enum", "const", "items", "prefixItems", "allOf", "properties", "additionalProperties", "patternProperties"];

    private static readonly string[] Structure = [.. Own, .. Alternatives];

    /// <summary>Whether a schema says nothing of a value's structure: it has words for it, or limits.</summary>
    public static bool IsPlain(JsonNode schema) => schema.Kind == JsonKind.True
        || (schema.Kind == JsonKind.Object && !Structure.Any(word => schema[word] is not null));

    /// <summary>
    /// Whether branches say no more than which members must be there together, or nothing of the structure where the schema
    /// around them says it.
    /// </summary>
    public static bool OnlyConstrains(JsonNode branches) => branches.Kind == JsonKind.Array
        && branches.Items.Count > 0
        && (branches.Items.All(branch => branch.Kind == JsonKind.Object && branch.Members.Count > 0
                && branch.Members.All(member => member.Name is "required" or "not" or "title" or "description"))
            || (branches.Items.All(IsPlain) && branches.Parent is { } schema && Own.Any(word => schema[word] is not null)));

    /// <summary>Whether something stands beside a schema's alternatives that is part of each of them.</summary>
    public static bool IsExtended(JsonNode schema, string keyword) =>
        (schema["properties"] ?? schema["patternProperties"] ?? schema["required"]) is not null
        || (schema["allOf"]?.Items ?? []).Any(part => !IsPlain(part))
        || Alternatives.Any(other => !string.Equals(other, keyword, StringComparison.Ordinal) && schema[other] is { } branches && !OnlyConstrains(branches));

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

    /// <summary>Whether a schema says by itself that it is of an object.</summary>
    public static bool IsObject(JsonNode part) =>
        part["type"] is not null || part["properties"] is not null || part["additionalProperties"] is not null || part["patternProperties"] is not null;

    /// <summary>Whether nothing in a schema itself speaks against an object.</summary>
    public static bool MayBePart(JsonNode schema) =>
        schema["type"] is null or { Kind: JsonKind.String, Text: "object" } or { Kind: JsonKind.Array, Items: [{ Text: "object" }] }
        && (schema["enum"] ?? schema["const"] ?? schema["items"] ?? schema["prefixItems"]) is null;
}
