using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Reads schemas of objects: maps, and records with their members.</summary>
internal sealed class ObjectReader(SchemaReader schemas, ObjectParts objects, SchemaDiagnostics diagnostics)
{
    private readonly KeyReader _keys = new(schemas);

    /// <summary>Reads an object described by one schema.</summary>
    public Shape Read(JsonNode schema)
    {
        schema.Optional("properties", JsonKind.Object, diagnostics);
        return Read(schema, [schema]);
    }

    /// <summary>Reads an object described by several schemas together.</summary>
    /// <param name="schema">Where it stands.</param>
    /// <param name="parts">The schemas.</param>
    /// <param name="branches">Which branches of the schema lead to it, where it is one of several objects.</param>
    public Shape Read(JsonNode schema, IReadOnlyList<JsonNode> parts, IReadOnlyList<JsonNode>? branches = null)
    {
        var others = ReadOthers(schema, parts, out var isClosed);
        if (ObjectParts.Properties(parts).Any())
        {
            return schemas.Declare(new DeclaredRecord(schema, parts, isClosed ? null : others) { Branches = branches ?? [] });
        }

        return isClosed
            ? schemas.Declare(new DeclaredRecord(schema, parts, null) { Branches = branches ?? [] })
            : Shape.Map(_keys.Read(parts), others ?? Shape.Element);
    }

    public IReadOnlyList<Member> ReadMembers(DeclaredRecord record)
    {
        var properties = ObjectParts.Properties(record.Parts).ToList();
        var declared = new HashSet<string>(properties.Select(property => property.Key), StringComparer.Ordinal);
        var required = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in objects.Required(record.Parts))
        {
            if (required.Add(name.Text) && !declared.Contains(name.Text))
            {
                diagnostics.Report(Causes.NotRepresented, name, $"the required member \"{name.Text}\" has no schema under properties");
            }
        }

        return [.. properties.Select(property =>
        {
            var schema = Deciding(property);
            return schemas.Position(schema, property.Key, schema, required.Contains(property.Key), null);
        })];
    }

    /// <summary>What members beyond the declared ones hold: null where nothing is said of them.</summary>
    private Shape? ReadOthers(JsonNode schema, IReadOnlyList<JsonNode> parts, out bool isClosed)
    {
        var additional = ObjectParts.All(parts, "additionalProperties").ToList();
        var patterns = ObjectParts.All(parts, "patternProperties")
            .SelectMany(node => node.Members).Select(member => member.Value).ToList();
        isClosed = patterns.Count == 0 && additional.Exists(node => node.Kind == JsonKind.False);
        if (isClosed)
        {
            return null;
        }

        var open = additional.FindAll(node => node.Kind != JsonKind.False).Concat(patterns).Select(schemas.ReadItem).ToList();
        var isMixed = open.Exists(shape => !shape.IsSame(open[0]));
        if (isMixed)
        {
            diagnostics.Report(Causes.NotRepresented, schema, "its members' types depend on their names, so that they are JsonElement");
        }
        else if (patterns.Count > 0)
        {
            diagnostics.Report(Causes.NotRepresented, schema, "the names of its members are left to Python");
        }

        return open.Count == 0 ? null : isMixed ? Shape.Element : open.Aggregate((one, other) => one.Either(other));
    }

    /// <summary>Of several schemas of one member the one that says most; where they contradict each other, the last.</summary>
    private JsonNode Deciding(IEnumerable<JsonNode> described)
    {
        var all = described.ToList();
        var telling = all.FindAll(node => !ObjectParts.IsPlain(node));
        if (telling.Count < 2)
        {
            return telling.Count == 1 ? telling[0] : all[all.Count - 1];
        }

        var shapes = telling.ConvertAll(schemas.Read);
        var last = telling[telling.Count - 1];
        if (shapes.Exists(shape => !shape.IsSame(shapes[0]) && !shape.Holds(shapes[shapes.Count - 1])))
        {
            diagnostics.Report(Causes.NotRepresented, last, "another schema that \"allOf\" joins to this one describes the member otherwise");
        }

        return last;
    }
}
