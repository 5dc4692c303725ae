using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>One of the objects that a schema describes: the schemas that do, and the branches of <c>anyOf</c> and <c>oneOf</c> that lead to it.</summary>
internal sealed record ObjectAlternative(IReadOnlyList<JsonNode> Parts, IReadOnlyList<JsonNode> Branches);

/// <summary>
/// Multiplies out schemas that join objects with alternatives: what stands beside <c>anyOf</c> or <c>oneOf</c>, and what
/// <c>allOf</c> joins to a schema with alternatives, is part of each of them.
/// </summary>
internal sealed class ObjectAlternatives(References references)
{
    private const int Deepest = 32;

    /// <summary>More than anybody writes, and few enough to generate.</summary>
    private const int Most = 64;

    /// <summary>Schemas may join each other in more ways than there is time to look at.</summary>
    private const int MostSteps = 2000;

    private readonly HashSet<JsonNode> _path = [];
    private int _steps;

    /// <summary>The objects that a schema describes, the one alternative where it has no others; null where one of its parts is no plain object. That null may be one is left out.</summary>
    public IReadOnlyList<ObjectAlternative>? Of(JsonNode schema)
    {
        _steps = 0;
        _path.Clear();
        var found = Expand(schema);
        return found is not null && found.All(each => each.Parts.Any(ObjectParts.IsObject)) ? found : null;
    }

    private List<ObjectAlternative>? Expand(JsonNode schema)
    {
        // What is met again says nothing new: schemas may extend each other in a circle.
        if (schema.Kind == JsonKind.True || _path.Contains(schema))
        {
            return [new([], [])];
        }

        if (schema.Kind != JsonKind.Object || _path.Count > Deepest || ++_steps > MostSteps || !ObjectParts.MayBePart(schema))
        {
            return null;
        }

        _path.Add(schema);
        List<ObjectAlternative>? found = [new([], [])];
        foreach (var extended in Extended(schema))
        {
            found = Times(found, extended is null ? null : Expand(extended));
        }

        found = Times(found, [new([schema], [])]);
        foreach (var branches in Branches(schema))
        {
            found = Times(found, Either(branches.Items));
        }

        _path.Remove(schema);
        return found;
    }

    /// <summary>What a schema extends; null stands for what is not there.</summary>
    private IEnumerable<JsonNode?> Extended(JsonNode schema)
    {
        if (schema["$ref"] is { } reference)
        {
            yield return references.ResolveSchema(reference);
        }

        foreach (var part in schema["allOf"]?.Items ?? [])
        {
            yield return part;
        }
    }

    private IEnumerable<JsonNode> Branches(JsonNode schema)
    {
        foreach (var keyword in ObjectParts.Alternatives)
        {
            if (schema[keyword] is { } branches && !ObjectParts.OnlyConstrains(branches) && !branches.Items.Any(LeadsBack))
            {
                yield return branches;
            }
        }
    }

    private List<ObjectAlternative>? Either(IReadOnlyList<JsonNode> branches)
    {
        var found = new List<ObjectAlternative>();
        foreach (var branch in branches.Where(branch => !SchemaReader.IsNull(branch)))
        {
            if (Expand(branch) is not { } expanded || found.Count + expanded.Count > Most)
            {
                return null;
            }

            found.AddRange(expanded.Select(one => one with { Branches = [branch, .. one.Branches] }));
        }

        return found.Count > 0 ? found : null;
    }

    private static List<ObjectAlternative>? Times(List<ObjectAlternative>? some, List<ObjectAlternative>? others) =>
        some is null || others is null || some.Count * others.Count > Most ? null :
        [
            .. some.SelectMany(one => others.Select(other => new ObjectAlternative(
                [.. one.Parts.Union(other.Parts)], [.. one.Branches, .. other.Branches]))),
        ];

    /// <summary>
    /// Whether a branch is a schema that is being read: what extends its own base is one of the base's alternatives by itself.
    /// </summary>
    private bool LeadsBack(JsonNode branch)
    {
        for (var i = 0; i < Deepest && branch["$ref"] is { } reference && references.ResolveSchema(reference) is { } target; i++)
        {
            if (_path.Contains(target))
            {
                return true;
            }

            branch = target;
        }

        return false;
    }
}
