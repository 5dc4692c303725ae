using System.Globalization;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Reads schemas that are put together from others: <c>$ref</c> with something beside it, <c>allOf</c>, and alternatives of an object.</summary>
internal sealed class CombinationReader(
    SchemaReader schemas, ObjectReader objects, References references, SchemaDiagnostics diagnostics)
{
    private static readonly string[] OfObjects = ["properties", "required", "allOf", "additionalProperties", "patternProperties", "anyOf", "oneOf"];

    private readonly ObjectAlternatives _alternatives = new(references);

    public Shape ReadReference(JsonNode schema, JsonMember reference)
    {
        if (OfObjects.Any(word => schema[word] is not null) && TryReadJoined(schema) is { } joined)
        {
            return joined;
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
        var hasMembers = schema["properties"] is not null || schema["additionalProperties"] is not null || schema["required"] is not null;
        var telling = branches.Items.Where(branch => !ObjectParts.IsPlain(branch)).ToList();
        if (telling.Count == 0 && !hasMembers)
        {
            return schemas.ReadByType(schema);
        }

        if ((telling.Count != 1 || hasMembers) && TryReadJoined(schema) is { } joined)
        {
            return joined;
        }

        if (telling.Count == 1 && schema["properties"] is null)
        {
            ReportLimits(branches);
            return schemas.Read(telling[0]);
        }

        return schemas.Untyped(
            schema, $"\"allOf\" of {telling.Count.ToString(CultureInfo.InvariantCulture)} schemas that are not all plain objects", Causes.NotJoined);
    }

    /// <summary>Reads an object, or one of several objects, of which a schema says something together with others; null where that is no object.</summary>
    public Shape? TryReadJoined(JsonNode schema)
    {
        if (_alternatives.Of(schema) is not { } alternatives)
        {
            return null;
        }

        if (alternatives.Count == 1)
        {
            return objects.Read(schema, alternatives[0].Parts);
        }

        return schemas.Declare(new DeclaredUnion(schema, [.. alternatives.Select(each => (Func<Shape>)(() => ReadAlternative(schema, each)))]));
    }

    /// <summary>Reads one of several objects. A branch that by itself refers to all of which it consists is that very type.</summary>
    private Shape ReadAlternative(JsonNode schema, ObjectAlternative alternative)
    {
        var whole = alternative.Branches.FirstOrDefault(branch => branch["$ref"] is not null
            && _alternatives.Of(branch) is { Count: 1 } own && alternative.Parts.All(own[0].Parts.Contains));
        return whole is not null ? schemas.ReadItem(whole) : objects.Read(schema, alternative.Parts, alternative.Branches);
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
