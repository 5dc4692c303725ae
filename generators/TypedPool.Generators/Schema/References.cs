using System.Globalization;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Follows <c>$ref</c> within the document, and into other files of the project.</summary>
internal sealed class References(JsonNode document, OtherFiles files, SchemaDiagnostics diagnostics)
{
    private const int LongestChain = 32;

    private readonly Dictionary<JsonNode, JsonNode?> _resolved = [];
    private readonly Dictionary<JsonNode, SchemaIndex> _indexes = [];
    private readonly HashSet<JsonNode> _outside = [];

    /// <summary>The schemas of other files that references led to.</summary>
    public IEnumerable<JsonNode> Outside => _outside;

    /// <summary>The value a reference names, or null with a diagnostic, which is given once.</summary>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    public JsonNode? Resolve(JsonNode reference)
    {
        if (!_resolved.TryGetValue(reference, out var found))
        {
            found = reference.Is(JsonKind.String, diagnostics) ? Find(reference) : null;
            _resolved[reference] = found;
        }

        return found;
    }

    /// <summary>The schema a reference names: of a content descriptor, which is none itself, its schema.</summary>
    public JsonNode? ResolveSchema(JsonNode reference)
    {
        var schema = Resolve(reference) is { } found ? (IsDescriptor(found) ? found["schema"] : found) : null;
        if (schema is not null && !ReferenceEquals(schema.Root, document))
        {
            _outside.Add(schema);
        }

        return schema;
    }

    /// <summary>The value itself, or what it refers to where it is a Reference Object.</summary>
    public JsonNode? Follow(JsonNode node)
    {
        for (var i = 0; i < LongestChain; i++)
        {
            if (node.Kind != JsonKind.Object || node["$ref"] is not { } reference)
            {
                return node;
            }

            if (Resolve(reference) is not { } target)
            {
                return null;
            }

            node = target;
        }

        diagnostics.Report(Causes.DanglingReference, node, node["$ref"]?.Text ?? "", " (it refers to itself)");
        return null;
    }

    private static bool IsDescriptor(JsonNode node) => node.Kind == JsonKind.Object
        && node["schema"] is not null
        && (node.Parent?.Key is "contentDescriptors" or "params" || node.Key is "result");

    private JsonNode? Find(JsonNode reference)
    {
        var text = reference.Text;
        var hash = text.IndexOf('#');
        var address = hash < 0 ? text : text.Substring(0, hash);
        var fragment = hash < 0 ? "" : text.Substring(hash + 1);
        if (address.Length == 0)
        {
            return FindHere(reference, text, fragment);
        }

        if ((Index(reference.Root).Resource(reference, address) ?? files.Find(reference, address)) is { } resource)
        {
            return Part(resource, fragment) ?? Dangling(reference, text, resource, fragment);
        }

        diagnostics.Report(IsUri(address) ? Causes.ExternalReference : Causes.MissingFile, reference, text);
        return null;
    }

    private JsonNode? FindHere(JsonNode reference, string text, string fragment)
    {
        var root = reference.Root;
        if ((Index(root).Enclosing(reference) is { } resource ? Part(resource, fragment) : null) is { } own)
        {
            return own;
        }

        if (Part(root, fragment) is { } found)
        {
            return found;
        }

        // Some exporters write references relative to the schema that encloses them.
        for (var outer = reference.Parent; outer is not null; outer = outer.Parent)
        {
            if (Part(outer, fragment) is { } inner)
            {
                return inner;
            }
        }

        return Dangling(reference, text, root, fragment);
    }

    /// <summary>What a fragment names: everything, a place by JSON pointer, or an anchor.</summary>
    private JsonNode? Part(JsonNode from, string fragment) =>
        fragment.Length == 0 ? from
        : fragment[0] == '/' ? Walk(from, Steps(fragment))
        : Index(from.Root).Anchor(fragment);

    private SchemaIndex Index(JsonNode root)
    {
        if (!_indexes.TryGetValue(root, out var index))
        {
            _indexes[root] = index = new SchemaIndex(root);
        }

        return index;
    }

    private JsonNode? Dangling(JsonNode reference, string text, JsonNode from, string fragment)
    {
        diagnostics.Report(
            Causes.DanglingReference, reference, text, fragment.StartsWith("/", StringComparison.Ordinal) ? Proposal(from, Steps(fragment)) : "");
        return null;
    }

    private static bool IsUri(string address) => address.IndexOf(':') > 1;

    private static string[] Steps(string fragment)
    {
        var steps = fragment.Substring(1).Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i].IndexOf('%') < 0 ? steps[i] : Uri.UnescapeDataString(steps[i]);
            steps[i] = step.Replace("~1", "/").Replace("~0", "~");
        }

        return steps;
    }

    private static JsonNode? Walk(JsonNode from, string[] steps)
    {
        JsonNode? node = from;
        foreach (var step in steps)
        {
            node = Step(node, step);
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    private static JsonNode? Step(JsonNode node, string step) => node.Kind switch
    {
        JsonKind.Object => node[step],
        JsonKind.Array => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < node.Items.Count ? node.Items[index] : null,
        _ => null,
    };

    /// <summary>The nearest name beside the first that is missing.</summary>
    private static string Proposal(JsonNode from, string[] steps)
    {
        foreach (var step in steps)
        {
            if (Step(from, step) is not { } next)
            {
                var near = Spelling.Nearest(step, from.Members.Select(member => member.Name));
                return near is null ? "" : $" (did you mean \"{near}\"?)";
            }

            from = next;
        }

        return "";
    }
}
