using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Reads schemas that are put together from others: <c>$ref</c> with something beside it, and <c>allOf</c>.</summary>
internal sealed class CombinationReader(
    SchemaReader schemas, ObjectReader objects, ObjectParts parts, References references, SchemaDiagnostics diagnostics)
{
    public Shape ReadReference(JsonNode schema, JsonMember reference)
    {
        if (schema["properties"] is not null || schema["required"] is not null || schema["allOf"] is not null || schema["additionalProperties"] is not null)
        {
            if (parts.Of(schema) is { } joined)
            {
                return objects.Read(schema, joined);
            }
        }

        if (references.ResolveSchema(reference.Value) is not { } target)
        {
            return Shape.Element;
        }

        foreach (var sibling in schema.Members)
        {
            if (!IsAnnotation(sibling.Name) && !SaysTheSame(target, sibling))
            {
                diagnostics.Report(
                    Causes.NotRepresented, sibling.Value, sibling.NameSpan, $"\"{sibling.Name}\" beside \"$ref\" is left to Python");
            }
        }

        return schemas.Read(target);
    }

    public Shape ReadAllOf(JsonNode schema, JsonNode branches)
    {
        var hasMembers = schema["properties"] is not null || schema["additionalProperties"] is not null;
        var telling = branches.Items.Where(branch => !ObjectParts.IsPlain(branch)).ToList();
        if (telling.Count == 1 && !hasMembers)
        {
            ReportLimits(branches);
            return schemas.Read(telling[0]);
        }

        if (telling.Count == 0 && !hasMembers)
        {
            return schemas.ReadByType(schema);
        }

        if (parts.Of(schema) is { } joined)
        {
            return objects.Read(schema, joined);
        }

        return schemas.Untyped(schema, $"\"allOf\" of {telling.Count} schemas that are not all plain objects");
    }

    private void ReportLimits(JsonNode branches)
    {
        foreach (var limit in branches.Items.Where(ObjectParts.IsPlain).SelectMany(branch => branch.Members))
        {
            if (!IsAnnotation(limit.Name))
            {
                diagnostics.Report(Causes.NotRepresented, limit.Value, limit.NameSpan, $"\"{limit.Name}\" in \"allOf\" is left to Python");
            }
        }
    }

    private static bool SaysTheSame(JsonNode target, JsonMember sibling) =>
        sibling.Value.Kind is JsonKind.String or JsonKind.Number
        && target[sibling.Name] is { } own
        && own.Kind == sibling.Value.Kind
        && string.Equals(own.Text, sibling.Value.Text, StringComparison.Ordinal);

    private static bool IsAnnotation(string keyword) =>
        keyword is "$ref" or "title" or "description" or "default" or "examples" or "example" or "deprecated" or "summary"
            or "readOnly" or "writeOnly" or "nullable" or "$comment" or "$defs" or "definitions" or "$schema" or "$id" or "$anchor"
        || keyword.StartsWith("x-", StringComparison.Ordinal);
}
