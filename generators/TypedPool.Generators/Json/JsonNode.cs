using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Json;

/// <summary>A JSON value that knows where it stands: in the text, and in the document.</summary>
internal sealed class JsonNode
{
    private const int LongestLinearSearch = 8;

    // Most values are scalars, and most objects small: neither has a list or an index that it does not need.
    private List<JsonMember>? _members;
    private List<JsonNode>? _items;
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

    /// <summary>The member's name where the parent is an object; of a whole file its name, where it has one.</summary>
    public string? Key { get; }

    /// <summary>The outermost value around this one: the whole file.</summary>
    public JsonNode Root
    {
        get
        {
            var node = this;
            while (node.Parent is not null)
            {
                node = node.Parent;
            }

            return node;
        }
    }

    /// <summary>The place in the parent where that is an array.</summary>
    public int Index { get; }

    public TextSpan Span { get; private set; }

    /// <summary>A string decoded, a number as it is written; else empty.</summary>
    public string Text { get; private set; } = "";

    /// <summary>An object's members in order, each name once.</summary>
    public IReadOnlyList<JsonMember> Members => _members ?? (IReadOnlyList<JsonMember>)[];

    public IReadOnlyList<JsonNode> Items => _items ?? (IReadOnlyList<JsonNode>)[];

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
        if (_members is null)
        {
            return null;
        }

        if (_members.Count > LongestLinearSearch)
        {
            _byName ??= IndexByName(_members);
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
    internal bool Add(JsonMember member)
    {
        var twin = Find(member.Name);
        if (twin is null)
        {
            (_members ??= []).Add(member);
            _byName?.Add(member.Name, member);
            return true;
        }

        _members![_members.IndexOf(twin)] = member;
        _byName = null;
        return false;
    }

    internal void Add(JsonNode item) => (_items ??= []).Add(item);

    internal void Complete(int end, string text = "")
    {
        Span = TextSpan.FromBounds(Span.Start, end);
        Text = text;
    }

    private static Dictionary<string, JsonMember> IndexByName(List<JsonMember> members)
    {
        var index = new Dictionary<string, JsonMember>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            index.Add(member.Name, member);
        }

        return index;
    }
}
