using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Looks at every member of a document's objects, and reports a name that means nothing but is nearly one that does.</summary>
internal static class Keywords
{
    private static readonly ObjectKind Schema = ObjectKind.Of(
        // The keywords of JSON Schema from draft 4 to 2020-12, and those of OpenAPI that stand in many schemas.
        """
        $anchor $comment $defs $dynamicAnchor $dynamicRef $id $recursiveAnchor $recursiveRef $ref $schema $vocabulary
        additionalItems additionalProperties allOf anyOf const contains contentEncoding contentMediaType contentSchema
        default definitions dependencies dependentRequired dependentSchemas deprecated description discriminator else
        enum example examples exclusiveMaximum exclusiveMinimum externalDocs format formatExclusiveMaximum
        formatExclusiveMinimum formatMaximum formatMinimum id if items maxContains maxItems maxLength maxProperties
        maximum minContains minItems minLength minProperties minimum multipleOf not nullable oneOf pattern
        patternProperties prefixItems properties propertyNames readOnly required summary then title type
        unevaluatedItems unevaluatedProperties uniqueItems writeOnly xml
        """);

    private static readonly ObjectKind Descriptor = ObjectKind.Of("$ref deprecated description name required schema summary");
    private static readonly ObjectKind Error = ObjectKind.Of("$ref code data message");
    private static readonly ObjectKind Method = ObjectKind.Of(
        "$ref deprecated description errors examples externalDocs links name paramStructure params result servers summary tags");

    private static readonly ObjectKind Components = ObjectKind.Of("contentDescriptors errors examplePairings examples links schemas tags");
    private static readonly ObjectKind Document = ObjectKind.Of("$defs $schema components definitions externalDocs info methods openrpc servers");

    static Keywords()
    {
        foreach (var name in Words("additionalItems additionalProperties allOf anyOf contains contentSchema else if items not oneOf prefixItems propertyNames then unevaluatedItems unevaluatedProperties"))
        {
            Schema.Inside[name] = (Schema, AreNamed: false);
        }

        foreach (var name in Words("$defs definitions dependentSchemas patternProperties properties"))
        {
            Schema.Inside[name] = (Schema, AreNamed: true);
        }

        Descriptor.Inside["schema"] = (Schema, false);
        Method.Inside["params"] = (Descriptor, false);
        Method.Inside["result"] = (Descriptor, false);
        Method.Inside["errors"] = (Error, false);
        Components.Inside["contentDescriptors"] = (Descriptor, true);
        Components.Inside["errors"] = (Error, true);
        Components.Inside["schemas"] = (Schema, true);
        Document.Inside["$defs"] = (Schema, true);
        Document.Inside["definitions"] = (Schema, true);
        Document.Inside["methods"] = (Method, false);
        Document.Inside["components"] = (Components, false);
    }

    /// <summary>Reports the names of a document that are nearly keywords.</summary>
    public static void Check(JsonNode document, SchemaDiagnostics diagnostics, CancellationToken cancellationToken) =>
        Check(document, Document, known: null, diagnostics, cancellationToken);

    /// <summary>The same of schemas in other files: what else stands there may be anything.</summary>
    public static void CheckSchemas(IEnumerable<JsonNode> schemas, SchemaDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        // One schema may stand in another.
        var known = new HashSet<JsonNode>();
        foreach (var schema in schemas)
        {
            Check(schema, Schema, known, diagnostics, cancellationToken);
        }
    }

    private static void Check(
        JsonNode root, ObjectKind rootKind, HashSet<JsonNode>? known, SchemaDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var unread = new Stack<(JsonNode Node, ObjectKind Kind)>();
        unread.Push((root, rootKind));
        while (unread.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (node, kind) = unread.Pop();
            foreach (var member in known?.Add(node) == false ? [] : node.Members)
            {
                if (!kind.Names.Contains(member.Name))
                {
                    Report(member, node, kind, diagnostics);
                }
                else if (kind.Inside.TryGetValue(member.Name, out var inside))
                {
                    Push(unread, member.Value, inside.Kind, inside.AreNamed);
                }
            }
        }
    }

    private static void Push(Stack<(JsonNode Node, ObjectKind Kind)> unread, JsonNode value, ObjectKind kind, bool areNamed)
    {
        foreach (var node in areNamed ? value.Members.Select(member => member.Value) : value.Kind == JsonKind.Array ? value.Items : [value])
        {
            unread.Push((node, kind));
        }
    }

    /// <summary>Extensions are somebody's own, and a name beside the keyword that it is near is no misspelling of it.</summary>
    private static void Report(JsonMember member, JsonNode node, ObjectKind kind, SchemaDiagnostics diagnostics)
    {
        if (!member.Name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
            && Spelling.Misspelt(member.Name, kind.Names.Where(name => node[name] is null)) is { } meant)
        {
            diagnostics.Report(Causes.Misspelt, member.Value, member.NameSpan, member.Name, meant);
        }
    }

    private static string[] Words(string text) => text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A kind of object in a document.</summary>
    /// <param name="Names">The names of members that mean something.</param>
    /// <param name="Inside">Which of them hold further objects: one or an array of them, or an object whose members are named by the author.</param>
    private sealed record ObjectKind(HashSet<string> Names, Dictionary<string, (ObjectKind Kind, bool AreNamed)> Inside)
    {
        public static ObjectKind Of(string names) => new(new(Words(names), StringComparer.Ordinal), new(StringComparer.Ordinal));
    }
}
