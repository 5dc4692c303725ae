using System.Globalization;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Naming;

/// <summary>
/// Names a type by where it stands: <c>classify</c>'s parameter <c>mode</c> is <c>ClassifyMode</c>. Only the path to
/// the place counts, so that no other change of the document renames it.
/// </summary>
internal static class PlaceName
{
    /// <summary>The name that a place suggests.</summary>
    public static string Of(JsonNode place)
    {
        var words = new Stack<string>();
        var isComplete = false;
        for (var node = place; node.Parent is { } parent; node = parent)
        {
            if (IsNameGiving(node, parent, out var root) is { } word)
            {
                words.Push(word);
            }

            if (root)
            {
                isComplete = true;
                break;
            }
        }

        if (!isComplete)
        {
            words.Push(OfFile(place.Root));
        }

        var name = string.Concat(words);
        return name.Length == 0 ? "Value" : Identifier.Type(name);
    }

    /// <summary>The name of the component or definition that a place is, or null where it stands within one.</summary>
    public static string? Component(JsonNode place) =>
        place.Parent is { Key: "schemas" or "$defs" or "definitions" } && place.Key is not null ? place.Key : null;

    /// <summary>What stands in another file is named by that file: <c>label.schema.json</c> is <c>Label</c>.</summary>
    private static string OfFile(JsonNode root) =>
        root.Key is null || root.Key.Split('.')[0] is not { Length: > 0 } stem ? "" : Identifier.Type(stem);

    /// <summary>A Python class without its module.</summary>
    public static string LastOf(string type) => type.Substring(type.LastIndexOf('.') + 1);

    /// <summary>What tells one of several objects of one place from the others: the branches that lead to it.</summary>
    public static string OfBranches(IEnumerable<JsonNode> branches) => string.Concat(branches.Select(branch =>
        Title(branch) ?? Target(branch) ?? Tag(branch) ?? "Option" + (branch.Index + 1).ToString(CultureInfo.InvariantCulture)));

    /// <summary>
    /// What stands inside a union needs a word of its own: its title, the value of its tag, or else what it is. In a union
    /// of one type and null it needs none.
    /// </summary>
    private static string? OfBranch(JsonNode node, JsonNode parent) =>
        parent.Items.Count(branch => branch["type"]?.Text is not "null") < 2 ? null
        : Title(node) ?? Tag(node)
            ?? ((node["enum"] ?? node["const"]) is not null ? "Choice" : node["properties"] is not null ? "Object" : null);

    private static string? Title(JsonNode node) =>
        node["title"] is { Kind: JsonKind.String, Text.Length: > 0 } title ? Identifier.Type(title.Text) : null;

    /// <summary>The ordinally first member of one value gives it: their order says nothing.</summary>
    private static string? Tag(JsonNode node) => (node["properties"]?.Members ?? [])
        .OrderBy(member => member.Name, StringComparer.Ordinal)
        .Select(member => member.Value["const"] ?? (member.Value["enum"] is { Items: [var only] } ? only : null))
        .FirstOrDefault(value => value is { Kind: JsonKind.String, Text.Length: > 0 }) is { } tag ? Identifier.Pascal(tag.Text) : null;

    /// <summary>The last part of what a schema refers to.</summary>
    private static string? Target(JsonNode node) =>
        node["$ref"] is { Kind: JsonKind.String, Text: var text } && text.Split('/', '#') is var parts && parts[parts.Length - 1] is { Length: > 0 } last
            ? Identifier.Type(last)
            : null;

    private static string? IsNameGiving(JsonNode node, JsonNode parent, out bool root)
    {
        root = Component(node) is not null;
        if (root)
        {
            return Identifier.Type(node.Key!);
        }

        if (node.Key is "x-fields")
        {
            root = true;
            return Identifier.Type(LastOf(parent["x-type"]?.Text ?? ""));
        }

        switch (parent.Key)
        {
            case "methods" or "x-hosts":
                // A host's functions are named after it: commands of the same names keep theirs.
                root = parent.Parent?.Parent?.Key is not "x-hosts";
                return Identifier.Pascal(node["name"]?.Text ?? "");
            case "params" when node.Key is null:
                return Identifier.Pascal(node["name"]?.Text ?? "");
            case "contentDescriptors":
                root = true;
                return Identifier.Pascal(node.Key ?? "");
            case "properties" when node.Key is not null && parent.Parent?.Key != "properties":
                return Identifier.Pascal(node.Key);
        }

        if (parent.Key is "anyOf" or "oneOf" && node.Key is null)
        {
            return OfBranch(node, parent);
        }

        if (node.Key is null && parent.Key is "prefixItems" or "items")
        {
            return "Item" + (node.Index + 1).ToString(CultureInfo.InvariantCulture);
        }

        return node.Key switch
        {
            "propertyNames" => "Key",
            "items" => "Item",
            "additionalProperties" => "Value",
            "result" => "Result",
            _ => null,
        };
    }
}
