using System.Globalization;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Naming;

/// <summary>
/// Names a branch of <c>anyOf</c> or <c>oneOf</c> by what it is, so that no order of the branches renames it: its title, what
/// it refers to, the value of its tag, the members that it wants, or its type.
/// </summary>
internal static class BranchName
{
    /// <summary>How many members a name is made of: more tell less than they take to read.</summary>
    private const int MostMembers = 3;

    /// <summary>The name of a branch. Of those that are called alike all but one have a number, by the order of their texts.</summary>
    public static string Of(JsonNode branch)
    {
        var word = Word(branch);
        var alike = branch.Parent is { } parent ? parent.Items.Where(other => string.Equals(Word(other), word, StringComparison.Ordinal)).ToList() : [];
        if (alike.Count < 2)
        {
            return word;
        }

        var rank = alike.OrderBy(Canonical, StringComparer.Ordinal).TakeWhile(other => other != branch).Count();
        return rank == 0 ? word : word + (rank + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// What stands inside a union needs a word of its own: its title, the value of its tag, or else what it is. In a union
    /// of one type and null it needs none.
    /// </summary>
    public static string? Within(JsonNode branch, JsonNode union) =>
        union.Items.Count(each => each["type"]?.Text is not "null") < 2 ? null
        : Title(branch) ?? Tag(branch) ?? (IsChoice(branch) ? "Choice" : !IsPlainObject(branch) ? null
            : union.Items.Count(IsPlainObject) < 2 ? "Object" : Of(branch));

    private static string Word(JsonNode branch) =>
        Title(branch) ?? Target(branch) ?? Tag(branch) ?? Members(branch) ?? Kind(branch);

    private static string? Title(JsonNode node) =>
        node["title"] is { Kind: JsonKind.String, Text.Length: > 0 } title ? Identifier.Type(title.Text) : null;

    /// <summary>The last part of what a schema refers to.</summary>
    private static string? Target(JsonNode node) =>
        node["$ref"] is { Kind: JsonKind.String, Text: var text } && text.Split('/', '#') is var parts && parts[parts.Length - 1] is { Length: > 0 } last
            ? Identifier.Type(last)
            : null;

    /// <summary>The ordinally first member of one value gives it: their order says nothing.</summary>
    private static string? Tag(JsonNode node) => (node["properties"]?.Members ?? [])
        .OrderBy(member => member.Name, StringComparer.Ordinal)
        .Select(member => member.Value["const"] ?? (member.Value["enum"] is { Items: [var only] } ? only : null))
        .FirstOrDefault(value => value is { Kind: JsonKind.String, Text.Length: > 0 }) is { } tag ? Identifier.Pascal(tag.Text) : null;

    /// <summary>The members that an object must have, or else those that it may have.</summary>
    private static string? Members(JsonNode node)
    {
        var required = (node["required"]?.Items ?? []).Where(name => name.Kind == JsonKind.String).Select(name => name.Text).ToList();
        var members = required.Count > 0 ? required : (node["properties"]?.Members ?? []).Select(member => member.Name).ToList();
        var words = members.Where(name => name.Length > 0).OrderBy(name => name, StringComparer.Ordinal).Take(MostMembers).Select(Identifier.Pascal).ToList();
        return words.Count == 0 ? null : "With" + string.Concat(words);
    }

    private static string Kind(JsonNode node)
    {
        if (IsChoice(node))
        {
            return "Choice";
        }

        // A type may be an array of types, whose order says nothing.
        var types = node["type"] is { } type ? (type.Kind == JsonKind.Array ? type.Items : [type]).Where(each => each.Text.Length > 0).ToList() : [];
        return types.Count == 0 ? "Option"
            : string.Join("Or", types.Select(each => each.Text == "array" ? List(node) : Identifier.Pascal(each.Text)).OrderBy(word => word, StringComparer.Ordinal));
    }

    private static string List(JsonNode node) => node["items"] switch
    {
        null => "List",
        { } items when (Title(items) ?? Target(items)) is { } name => "ListOf" + name,
        { } items when items["type"] is { Kind: JsonKind.String, Text: { Length: > 0 } type } => "ListOf" + (type == "array" ? "List" : Identifier.Pascal(type)),
        _ => "List",
    };

    private static bool IsChoice(JsonNode node) => (node["enum"] ?? node["const"]) is not null;

    /// <summary>An object in place that nothing but its members names.</summary>
    private static bool IsPlainObject(JsonNode node) =>
        node["properties"] is not null && !IsChoice(node) && (Title(node) ?? Tag(node)) is null;

    /// <summary>The text of a value, in which the order of members, and of what is a set, does not count.</summary>
    private static string Canonical(JsonNode node) => node.Kind switch
    {
        JsonKind.Object => "{" + string.Join(",", node.Members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"\"{member.Name}\":{Canonical(member.Value)}")) + "}",
        JsonKind.Array => "[" + string.Join(",", IsSet(node) ? node.Items.Select(Canonical).OrderBy(text => text, StringComparer.Ordinal) : node.Items.Select(Canonical)) + "]",
        JsonKind.String => $"\"{node.Text}\"",
        JsonKind.Number => node.Text,
        _ => node.Kind.ToString(),
    };

    private static bool IsSet(JsonNode array) => array.Key is "anyOf" or "oneOf" or "allOf" or "required" or "enum" or "type";
}
