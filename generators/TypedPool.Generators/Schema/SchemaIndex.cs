using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>The names that schemas of one file give themselves: <c>$id</c>, <c>$anchor</c>, and draft-07's <c>"$id": "#name"</c>.</summary>
internal sealed class SchemaIndex
{
    private static readonly Uri NoBase = new("file:///");

    private readonly Dictionary<string, JsonNode> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _anchors = new(StringComparer.Ordinal);

    public SchemaIndex(JsonNode root)
    {
        var open = new Stack<JsonNode>();
        open.Push(root);
        while (open.Count > 0)
        {
            var node = open.Pop();
            Note(node);
            foreach (var member in node.Members)
            {
                open.Push(member.Value);
            }

            foreach (var item in node.Items)
            {
                open.Push(item);
            }
        }
    }

    public JsonNode? Anchor(string name) => _anchors.TryGetValue(name, out var found) ? found : null;

    /// <summary>The schema that has an address as its <c>$id</c>; relative ones count from the schemas around them.</summary>
    public JsonNode? Resource(JsonNode from, string address) =>
        _ids.Count > 0 && Absolute(from, address) is { } uri && _ids.TryGetValue(uri, out var found) ? found : null;

    /// <summary>The innermost schema around a value that has an <c>$id</c> of its own.</summary>
    public JsonNode? Enclosing(JsonNode node)
    {
        for (var outer = _ids.Count > 0 ? node.Parent : null; outer is not null; outer = outer.Parent)
        {
            if (IdOf(outer) is not null)
            {
                return outer;
            }
        }

        return null;
    }

    private void Note(JsonNode node)
    {
        if (node["$anchor"] is { Kind: JsonKind.String } anchor)
        {
            _anchors[anchor.Text] = node;
        }

        if (node["$id"] is { Kind: JsonKind.String, Text: ['#', ..] } name)
        {
            _anchors[name.Text.Substring(1)] = node;
        }
        else if (IdOf(node) is { } id && Absolute(node, id) is { } uri)
        {
            _ids[uri] = node;
        }
    }

    private static string? IdOf(JsonNode node) =>
        node["$id"] is { Kind: JsonKind.String, Text: { Length: > 0 } id } && id[0] != '#' ? id.TrimEnd('#') : null;

    private static string? Absolute(JsonNode from, string address)
    {
        var bases = new Stack<string>();
        for (var outer = from.Parent; outer is not null; outer = outer.Parent)
        {
            if (IdOf(outer) is { } id)
            {
                bases.Push(id);
            }
        }

        var uri = NoBase;
        foreach (var step in bases.Append(address))
        {
            if (!Uri.TryCreate(uri, step, out var next))
            {
                return null;
            }

            uri = next;
        }

        return uri.AbsoluteUri;
    }
}
