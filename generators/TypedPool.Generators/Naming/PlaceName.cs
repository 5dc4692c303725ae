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
    public static string OfBranches(IEnumerable<JsonNode> branches) => string.Concat(branches.Select(BranchName.Of));

    /// <summary>Whether a place is one of the alternatives of a union.</summary>
    public static bool IsBranch(JsonNode place) => place is { Key: null, Parent.Key: "anyOf" or "oneOf" };

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

        if (IsBranch(node))
        {
            return BranchName.Within(node, parent);
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
