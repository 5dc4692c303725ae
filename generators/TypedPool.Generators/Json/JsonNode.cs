using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Json;

/// <summary>A JSON value that knows where it stands: in the text, and in the document.</summary>
internal sealed class JsonNode
{
    private const int LongestLinearSearch = 8;

    private readonly List<JsonMember> _members = [];
    private readonly List<JsonNode> _items = [];
    private Dictionary<string, JsonMember>? _byName;

    public JsonNode(JsonKind kind, JsonNode? parent, string? key, int index, int start)
    {
        Kind = kind;
        Parent = parent;
        Key = key;
        Index = index;
        Span = new TextSpan(start, 0);
    }

    public JsonKind Kind { get; }

    /// <summary>The object or array that holds this value.</summary>
    public JsonNode? Parent { get; }

    /// <summary>The member's name where the parent is an object.</summary>
    public string? Key { get; }

    /// <summary>The place in the parent where that is an array.</summary>
    public int Index { get; }

    public TextSpan Span { get; private set; }

    /// <summary>A string decoded, a number as it is written; else empty.</summary>
    public string Text { get; private set; } = "";

    /// <summary>An object's members in order, each name once.</summary>
    public IReadOnlyList<JsonMember> Members => _members;

    public IReadOnlyList<JsonNode> Items => _items;

    /// <summary>The JSON pointer (RFC 6901) to this value.</summary>
    public string Pointer
    {
        get
        {
            var parts = new Stack<string>();
            for (var node = this; node.Parent is not null; node = node.Parent)
            {
                parts.Push(node.Key is null
                    ? node.Index.ToString(CultureInfo.InvariantCulture)
                    : node.Key.Replace("~", "~0").Replace("/", "~1"));
            }

            return parts.Count == 0 ? "" : "/" + string.Join("/", parts);
        }
    }

    /// <summary>The value of a member, or null where there is none.</summary>
    public JsonNode? this[string name] => Find(name)?.Value;

    public JsonMember? Find(string name)
    {
        if (_members.Count > LongestLinearSearch)
        {
            _byName ??= _members.ToDictionary(member => member.Name, StringComparer.Ordinal);
            return _byName.TryGetValue(name, out var found) ? found : null;
        }

        foreach (var member in _members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Adds a member; one of the same name goes, as every common JSON reader has it.</summary>
    /// <returns>False where there was one.</returns>
    internal bool Add(JsonMember member, HashSet<string> names)
    {
        if (names.Add(member.Name))
        {
            _members.Add(member);
            return true;
        }

        _members[_members.FindIndex(other => string.Equals(other.Name, member.Name, StringComparison.Ordinal))] = member;
        return false;
    }

    internal void Add(JsonNode item) => _items.Add(item);

    internal void Complete(int end, string text = "")
    {
        Span = TextSpan.FromBounds(Span.Start, end);
        Text = text;
    }
}
