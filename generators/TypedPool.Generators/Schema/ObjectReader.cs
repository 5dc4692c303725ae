using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Reads schemas of objects: maps, and records with their members.</summary>
internal sealed class ObjectReader(SchemaReader schemas, SchemaDiagnostics diagnostics)
{
    public Shape Read(JsonNode schema)
    {
        var properties = schema.Optional("properties", JsonKind.Object, diagnostics);
        var additional = schema["additionalProperties"];
        if (properties is { Members.Count: > 0 })
        {
            if (additional is not null and not { Kind: JsonKind.False } || schema["patternProperties"] is not null)
            {
                diagnostics.Report(Causes.NotRepresented, schema, "members beside those it declares are skipped");
            }

            return schemas.Declare(new DeclaredRecord(schema));
        }

        if (schema["patternProperties"] is not null)
        {
            return schemas.Untyped(schema, "an object whose members' types depend on their names");
        }

        return additional switch
        {
            { Kind: JsonKind.False } => schemas.Declare(new DeclaredRecord(schema)),
            null => Shape.Map(Shape.Element),
            _ => Shape.Map(schemas.ReadItem(additional)),
        };
    }

    public IReadOnlyList<Member> ReadMembers(DeclaredRecord record)
    {
        var properties = record.Place["properties"];
        var required = new HashSet<string>(StringComparer.Ordinal);
        // Draft 3 has `required: true` on the member itself; a boolean here says nothing of the members.
        foreach (var name in record.Place["required"] is { Kind: JsonKind.Array } names ? names.Items : [])
        {
            if (!name.Is(JsonKind.String, diagnostics))
            {
                continue;
            }

            required.Add(name.Text);
            if (properties?[name.Text] is null)
            {
                diagnostics.Report(Causes.NotRepresented, name, $"the required member \"{name.Text}\" has no schema under properties");
            }
        }

        return properties is null
            ? []
            : [.. properties.Members.Select(member =>
                schemas.Position(member.Value, member.Name, member.Value, required.Contains(member.Name), null))];
    }
}
